package org.lesionforge.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;

/**
 * A family of generators: all facts about it, and what makes its models. A family that is in the zoo is known to every command.
 *
 * @param <O> its own options, a record
 */
public interface ModelFamily<O extends ModelOptions> {
    /** {@return the word for it on the command line and in files: {@code [a-z][a-z0-9-]*}} */
    String name();

    /** {@return what people call it} */
    String title();

    /** {@return the sides of images that it can make, in pixels, ascending} */
    List<Integer> sizes();

    /**
     * {@return whether what it draws depends on a label}
     *
     * @param own its own options
     */
    default boolean conditional(O own) {
        return false;
    }

    /** {@return whether what it draws can depend on a label, with some options of its own} */
    default boolean canBeConditional() {
        return conditional(defaults());
    }

    /**
     * {@return whether its training makes a classifier of real images too, and so needs the labels of two classes or more}
     *
     * @param own its own options
     */
    default boolean classifies(O own) {
        return false;
    }

    /** {@return the class of its own options} */
    Class<O> optionsType();

    /** {@return its own options where nothing else is asked for} */
    O defaults();

    /** {@return options that go together; the first is called {@link Preset#PAPER} and has the {@link #defaults}} */
    default List<Preset<O>> presets() {
        return List.of(new Preset<>(Preset.PAPER, GeneratorOptions.DEFAULTS, defaults()));
    }

    /**
     * Refuses options that do not go together. That the size is one of {@link #sizes} is checked already.
     *
     * @param common of all families
     * @param own its own
     * @throws IllegalArgumentException with the value and what is possible
     */
    default void check(GeneratorOptions common, O own) {}

    /**
     * {@return whether its models keep an average of their weights, which is then what images are usually drawn from}
     *
     * @param own its own options
     */
    default boolean averages(O own) {
        return false;
    }

    /**
     * {@return how many times the epochs are run, one after the other: parts of the model that are trained by themselves, such as the levels of a
     * pyramid}
     *
     * @param common of all families
     * @param own its own
     */
    default int stages(GeneratorOptions common, O own) {
        return 1;
    }

    /**
     * {@return after how many steps the work repeats: 1 where every step is as long as the next, more where a part of the model learns in some steps
     * alone}
     *
     * @param own its own options
     */
    default int cycle(O own) {
        return 1;
    }

    /**
     * {@return the weights that snapshots keep and measure: the raw ones, and their average where there is one, unless one of both is never worth
     * drawing from}
     *
     * @param own its own options
     */
    default List<GeneratorWeights> weights(O own) {
        return averages(own) ? List.of(GeneratorWeights.RAW, GeneratorWeights.EMA) : List.of(GeneratorWeights.RAW);
    }

    /**
     * Makes a model at the beginning of its training. Called outside of scopes, as nets are made.
     *
     * @param common of all families
     * @param own its own
     * @param compute where it is sent
     * @return the model, to be closed
     */
    GenerativeModel create(GeneratorOptions common, O own, Compute compute);

    /**
     * Makes what draws images from a snapshot. Called outside of scopes, as nets are made.
     *
     * @param common with which it was trained
     * @param own with which it was trained
     * @param snapshot the tensors of its file; copied
     * @param compute where the generator is sent
     * @return the sampler, to be closed
     * @throws UnusableInputException when the tensors are those of other options
     */
    Sampler load(GeneratorOptions common, O own, Map<String, Tensor> snapshot, Compute compute);

    /**
     * Makes what a snapshot says of the classes of real images. Called outside of scopes, as nets are made.
     *
     * @param common with which it was trained
     * @param own with which it was trained
     * @param snapshot the tensors of its file; copied
     * @param compute where the net is sent
     * @return the classifier, to be closed; nothing unless it {@linkplain #classifies classifies}
     * @throws UnusableInputException when the tensors are those of other options
     */
    default Optional<ImageClassifier> classifier(
            GeneratorOptions common, O own, Map<String, Tensor> snapshot, Compute compute) {
        return Optional.empty();
    }

    /**
     * Walks through the nets that options make.
     *
     * @param common of all families
     * @param own its own
     * @return what they consist of and what training them takes
     */
    GeneratorSummary summary(GeneratorOptions common, O own);

    /**
     * The options of a preset.
     *
     * @param preset its name
     * @return these options of this family
     * @throws IllegalArgumentException when there is none of that name; the message lists those there are
     */
    default GeneratorSpec<O> preset(String preset) {
        return presets().stream()
                .filter(each -> each.name().equals(preset))
                .findFirst()
                .map(found -> new GeneratorSpec<>(this, found.common(), found.own()))
                .orElseThrow(() -> new IllegalArgumentException("there is no preset '" + preset + "' of " + name()
                        + "; there are "
                        + presets().stream().map(Preset::name).collect(Collectors.joining(", "))));
    }
}
