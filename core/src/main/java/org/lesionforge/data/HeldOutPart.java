package org.lesionforge.data;

import java.util.List;

/** The real images of a validation or test part, which no model is fitted to. */
public final class HeldOutPart extends RealPart {
    HeldOutPart(Dataset dataset, List<DatasetImage> images) {
        super(dataset, images);
    }

    /**
     * {@return the images of one class alone, classes unchanged}
     *
     * @param name one of {@link #classes()}
     */
    public HeldOutPart ofClass(String name) {
        int wanted = dataset.labelOf(name);
        return new HeldOutPart(dataset, labelled(label -> label == wanted));
    }

    /**
     * {@return the group of image {@code i}: resampling for intervals is done by group}
     *
     * @param i 0 to {@link #size()} − 1
     */
    public String group(int i) {
        return image(i).group();
    }
}
