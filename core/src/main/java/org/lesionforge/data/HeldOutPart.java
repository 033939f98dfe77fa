package org.lesionforge.data;

import java.util.List;

/** The real images of a validation or test part: to look at, never to fit to. */
public final class HeldOutPart extends RealPart {
    HeldOutPart(Dataset dataset, List<DatasetImage> images) {
        super(dataset, images);
    }

    /** The images of one class alone, classes unchanged. */
    public HeldOutPart ofClass(String name) {
        int wanted = dataset.labelOf(name);
        return new HeldOutPart(dataset, labelled(label -> label == wanted));
    }

    /** The group of image {@code i}: resampling for intervals is done by group. */
    public String group(int i) {
        return image(i).group();
    }
}
