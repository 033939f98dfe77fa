package org.lesionforge.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The real images of a data set's training part. Only {@link Dataset} creates one, so a net trained on a
 * {@code TrainingPart} cannot have been given validation or test images.
 */
public final class TrainingPart extends RealPart implements TrainingImages {
    TrainingPart(Dataset dataset, List<DatasetImage> images) {
        super(dataset, images);
    }

    /**
     * {@return the images of one class alone, classes unchanged}
     *
     * @param name one of {@link #classes()}
     */
    public TrainingPart ofClass(String name) {
        return ofClasses(List.of(name));
    }

    /**
     * {@return the images of some classes, classes unchanged}
     *
     * @param names each one of {@link #classes()}
     */
    public TrainingPart ofClasses(Collection<String> names) {
        Set<Integer> wanted = names.stream().map(dataset::labelOf).collect(Collectors.toSet());
        return new TrainingPart(dataset, labelled(wanted::contains));
    }

    /**
     * {@return the images of all classes but one, classes unchanged}
     *
     * @param name one of {@link #classes()}
     */
    public TrainingPart withoutClass(String name) {
        int unwanted = dataset.labelOf(name);
        return new TrainingPart(dataset, labelled(label -> label != unwanted));
    }

    /** {@return the identifiers of all images} */
    public Set<String> ids() {
        return IntStream.range(0, size()).mapToObj(this::id).collect(Collectors.toSet());
    }

    /**
     * {@return the images but some, classes unchanged}
     *
     * @param ids of those that are left out
     */
    public TrainingPart without(Set<String> ids) {
        return new TrainingPart(
                dataset,
                IntStream.range(0, size())
                        .mapToObj(this::image)
                        .filter(image -> !ids.contains(image.id()))
                        .toList());
    }

    /**
     * {@return the part with {@code added} images after the real ones}
     *
     * @param added images of {@link #classes()}
     */
    public AugmentedTrainingPart plus(AddedImages added) {
        return new AugmentedTrainingPart(this, added);
    }

    @Override
    public int[] counts() {
        int[] counts = new int[classes().size()];
        IntStream.range(0, size()).forEach(i -> counts[label(i)]++);
        return counts;
    }

    @Override
    public String group(int i) {
        return image(i).group();
    }

    @Override
    public boolean isReal(int i) {
        return true;
    }

    @Override
    public Dataset dataset() {
        return dataset;
    }
}
