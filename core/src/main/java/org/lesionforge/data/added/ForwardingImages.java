package org.lesionforge.data.added;

import org.lesionforge.data.AddedImages;

/** Other images as they are; a subclass says what differs. */
abstract class ForwardingImages implements AddedImages {
    private final AddedImages images;

    ForwardingImages(AddedImages images) {
        this.images = images;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String className(int i) {
        return images.className(i);
    }

    @Override
    public boolean isSynthetic(int i) {
        return images.isSynthetic(i);
    }

    @Override
    public String id(int i) {
        return images.id(i);
    }

    @Override
    public String group(int i) {
        return images.group(i);
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        images.read(i, side, target, offset);
    }
}
