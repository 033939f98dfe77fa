package org.lesionforge.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        return ofClasses(List.of(name));
    }

    /**
     * {@return the images of some classes, classes unchanged}
     *
     * @param names each one of {@link #classes()}
     */
    public HeldOutPart ofClasses(Collection<String> names) {
        Set<Integer> wanted = names.stream().map(dataset::labelOf).collect(Collectors.toSet());
        return new HeldOutPart(dataset, labelled(wanted::contains));
    }

    @Override
    public String group(int i) {
        return image(i).group();
    }
}
