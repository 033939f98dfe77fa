package org.lesionforge.quality;

import java.util.Optional;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.data.TrainingPart;

/** A part of a prepared data set, or one class of it, at the largest size it has. */
record PartImages(ImagesAtSide images) implements ImageSet {
    static PartImages of(Dataset data, Part part, Optional<String> className) {
        LabelledImages images =
                switch (part) {
                    case TRAIN -> {
                        TrainingPart all = data.training();
                        yield className.map(all::ofClass).orElse(all);
                    }
                    case VALIDATION -> chosen(data.validation(), className);
                    case TEST -> chosen(data.test(), className);
                };
        ImagesAtSide largest = images.atLargest();
        data.requireUnchanged(largest.side());
        return new PartImages(largest);
    }

    private static HeldOutPart chosen(HeldOutPart all, Optional<String> className) {
        return className.map(all::ofClass).orElse(all);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int width(int i) {
        return images.side();
    }

    @Override
    public int height(int i) {
        return images.side();
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
    public String sha256(int i) {
        return images.sha256(i);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        images.read(i, target, offset);
    }
}
