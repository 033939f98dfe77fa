package org.lesionforge.data;

import java.util.List;

/** The real images of a validation or test part: to look at, never to fit to. */
public final class HeldOutPart implements LabelledImages {
    private final Rows rows;

    HeldOutPart(Rows rows) {
        this.rows = rows;
    }

    /** The images of one class alone, classes unchanged. */
    public HeldOutPart ofClass(String name) {
        int label = rows.dataset().labelOf(name);
        return new HeldOutPart(rows.where(image -> image.label() == label));
    }

    /** The group of image {@code i}: resampling for intervals is done by group. */
    public String group(int i) {
        return rows.image(i).group();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public List<String> classes() {
        return rows.dataset().classes();
    }

    @Override
    public int label(int i) {
        return rows.image(i).label();
    }

    @Override
    public String id(int i) {
        return rows.image(i).id();
    }

    @Override
    public List<Integer> sides() {
        return rows.dataset().sides();
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        rows.read(i, side, target, offset);
    }

    @Override
    public String sha256(int i, int side) {
        return rows.sha256(i, side).orElseGet(() -> LabelledImages.super.sha256(i, side));
    }
}
