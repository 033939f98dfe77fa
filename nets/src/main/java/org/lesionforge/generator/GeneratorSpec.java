package org.lesionforge.generator;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.Range;

/**
 * Everything that determines the training of a generator beside its images. In JSON it is one object with the keys of both kinds of options; the
 * family stands beside it.
 *
 * @param <O> the family's own options
 * @param family of the generator
 * @param common options that every family has
 * @param own the family's own options
 */
public record GeneratorSpec<O extends ModelOptions>(ModelFamily<O> family, GeneratorOptions common, O own) {
    private static final String CHANNELS = "channels";
    private static final String CLASS_COUNT = "class_count";

    /**
     * Refuses what the family cannot be trained with.
     *
     * @param family of the generator
     * @param common of a size that the family can make
     * @param own the family's own options
     * @throws IllegalArgumentException when a value is outside its range, with the value and the range
     */
    public GeneratorSpec {
        Range.require(
                family.sizes().contains(common.size()),
                "the generator's size",
                "one of " + family.sizes() + " (" + family.title() + ")",
                common.size());
        Range.require(
                common.classCount() == 1 || family.conditional(own) || family.classifies(own),
                "the generator's number of classes",
                "1 (" + family.title() + ", which tells no classes apart with these options)",
                common.classCount());
        family.check(common, own);
    }

    /**
     * The options that a file holds.
     *
     * @param <O> the family's own options
     * @param family that the file names
     * @param options the object with the keys of both kinds of options
     * @param complete whether keys that old files leave out must be there
     * @return the options
     * @throws UnusableInputException when a key is missing or not known, or a value cannot be
     */
    public static <O extends ModelOptions> GeneratorSpec<O> read(
            ModelFamily<O> family, JsonObject options, boolean complete) {
        List<String> common = new ArrayList<>(OptionValues.keys(GeneratorOptions.class));
        common.remove(CLASS_COUNT);
        List<String> own = OptionValues.keys(family.optionsType());
        List<String> unknown = new ArrayList<>(options.keys());
        unknown.removeAll(common);
        unknown.removeAll(own);
        if (!unknown.isEmpty()) {
            throw options.unknown(unknown.get(0));
        }
        List<String> optional =
                new ArrayList<>(OptionValues.optionalKeys(GeneratorOptions.class, family.optionsType()));
        optional.removeAll(OptionValues.namedWhereUnusual(GeneratorOptions.class, family.optionsType()));
        optional.removeAll(List.of(CHANNELS, CLASS_COUNT));
        // Only files from before there were any of them have none.
        if (complete || optional.stream().anyMatch(options::has)) {
            optional.stream().filter(key -> !options.has(key)).findFirst().ifPresent(key -> {
                throw options.wrong(key, "a value");
            });
        }
        GeneratorOptions shared = options.only(common).asWhole(GeneratorOptions.class);
        O special = options.only(own).asWhole(family.optionsType());
        try {
            return new GeneratorSpec<>(family, shared, special);
        } catch (IllegalArgumentException e) {
            throw options.refused(e);
        }
    }

    /** {@return the JSON object: the keys of both kinds of options} */
    @JsonValue
    public ObjectNode json() {
        ObjectNode flat = Objects.requireNonNull(Json.convert(common, ObjectNode.class));
        flat.remove(CLASS_COUNT);
        if (common.channels() == GeneratorOptions.RGB) {
            flat.remove(CHANNELS);
        }
        return flat.setAll(Objects.requireNonNull(Json.convert(own, ObjectNode.class)));
    }

    /**
     * The same with other common options.
     *
     * @param change sets what is to be otherwise
     * @return a copy
     * @throws IllegalArgumentException when a value is outside its range, with the value and the range
     */
    public GeneratorSpec<O> common(UnaryOperator<GeneratorOptions.Builder> change) {
        return new GeneratorSpec<>(family, change.apply(common.with()).build(), own);
    }

    /**
     * The same with other options of the family.
     *
     * @param change makes them from these
     * @return a copy
     * @throws IllegalArgumentException when a value is outside its range, with the value and the range
     */
    public GeneratorSpec<O> own(UnaryOperator<O> change) {
        return new GeneratorSpec<>(family, common, change.apply(own));
    }

    /**
     * Whether there is an option.
     *
     * @param name of a component of either kind of options, or of a record in them: {@code learningRate}
     * @return whether {@link #with(Map)} can set it
     */
    public boolean has(String name) {
        return OptionValues.of(common).has(name) || OptionValues.of(own).has(name);
    }

    /**
     * The same with other values.
     *
     * @param values by the names of components; other names are not looked at
     * @return a copy
     * @throws IllegalArgumentException when a value is outside its range, with the value and the range
     */
    public GeneratorSpec<O> with(Map<String, Object> values) {
        return new GeneratorSpec<>(
                family,
                OptionValues.of(common).with(values, GeneratorOptions.class),
                OptionValues.of(own).with(values, family.optionsType()));
    }

    /** {@return all options with their values, the common ones first, by their keys in files: {@code remedies.r1}} */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        OptionValues.of(common).leaves().forEach(leaf -> values.put(leaf.key(), leaf.value()));
        OptionValues.of(own).leaves().forEach(leaf -> values.put(leaf.key(), leaf.value()));
        return values;
    }

    /** {@return the weights that images are drawn with unless others are asked for: the average, where there is one} */
    public GeneratorWeights usualWeights() {
        return averages() ? GeneratorWeights.EMA : GeneratorWeights.RAW;
    }

    /** {@return whether what it draws depends on a label} */
    public boolean conditional() {
        return family.conditional(own);
    }

    /** {@return whether its training makes a classifier of real images too} */
    public boolean classifies() {
        return family.classifies(own);
    }

    /** {@return whether its training tells the classes of images apart: to draw each, or to classify them} */
    public boolean usesLabels() {
        return conditional() || classifies();
    }

    /**
     * The same for images of some classes, which are told apart where the training {@linkplain #usesLabels uses labels}.
     *
     * @param classes how many, at least 1
     * @return a copy
     * @throws IllegalArgumentException when there is one class, and it is to be classified
     */
    public GeneratorSpec<O> learning(int classes) {
        Range.require(
                classes > 1 || !classifies(),
                "the generator's number of classes",
                "at least 2 for a discriminator that classifies them (several classes, or all)",
                classes);
        return common(options -> options.classCount(usesLabels() ? classes : 1));
    }

    /**
     * {@return the same of a generator that is to draw so many classes: one that was trained on more of them, and is taken over, stays as it is}
     *
     * @param classes that it is to draw
     */
    public GeneratorSpec<O> drawing(int classes) {
        return common.classCount() > classes ? this : learning(classes);
    }

    /** {@return how many times the epochs are run, one after the other} */
    public int stages() {
        return family.stages(common, own);
    }

    /** {@return after how many steps the work repeats} */
    public int cycle() {
        return family.cycle(own);
    }

    /** {@return the weights that snapshots keep and measure} */
    public List<GeneratorWeights> weights() {
        return family.weights(own);
    }

    /** {@return whether there is an average of the weights} */
    public boolean averages() {
        return family.averages(own);
    }

    /**
     * {@return a model at the beginning of its training, to be closed}
     *
     * @param compute where it is sent
     */
    public GenerativeModel create(Compute compute) {
        return family.create(common, own, compute);
    }

    /**
     * {@return what draws images from a snapshot, to be closed}
     *
     * @param snapshot the tensors of its file; copied
     * @param compute where the generator is sent
     * @throws UnusableInputException when the tensors are those of other options
     */
    public Sampler load(Map<String, Tensor> snapshot, Compute compute) {
        return family.load(common, own, snapshot, compute);
    }

    /**
     * {@return what a snapshot says of the classes of real images, to be closed; nothing unless it {@linkplain #classifies classifies}}
     *
     * @param snapshot the tensors of its file; copied
     * @param compute where the net is sent
     * @throws UnusableInputException when the tensors are those of other options
     */
    public Optional<ImageClassifier> classifier(Map<String, Tensor> snapshot, Compute compute) {
        return family.classifier(common, own, snapshot, compute);
    }

    /** {@return what the nets consist of and what training them takes} */
    public GeneratorSummary summary() {
        return family.summary(common, own);
    }

    /**
     * The options by which the nets of two trainings differ; how they are trained, and how many classes they tell apart, is not looked at.
     *
     * @param other of the same family
     * @return for each such option its values: {@code width 64, here 128}; empty where the weights of one fit into the other's nets
     */
    public List<String> netDifferences(GeneratorSpec<?> other) {
        List<String> differences = new ArrayList<>();
        List<OptionValues.Leaf> mine = leaves();
        List<OptionValues.Leaf> theirs = other.leaves();
        for (int i = 0; i < mine.size(); i++) {
            OptionValues.Leaf leaf = mine.get(i);
            Object value = theirs.get(i).value();
            if (!leaf.value().equals(value) && !leaf.key().equals(CLASS_COUNT) && changesNets(leaf.name(), value)) {
                differences.add(leaf.key() + " " + value + ", here " + leaf.value());
            }
        }
        return differences;
    }

    private List<OptionValues.Leaf> leaves() {
        List<OptionValues.Leaf> leaves = new ArrayList<>(OptionValues.of(common).leaves());
        leaves.addAll(OptionValues.of(own).leaves());
        return leaves;
    }

    private boolean changesNets(String name, Object value) {
        try {
            return !with(Map.of(name, value)).summary().nets().equals(summary().nets());
        } catch (IllegalArgumentException e) {
            // It does not go together with the other options, which it would if it were not of the nets.
            return true;
        }
    }

    /** {@return for messages: the family's name and the values of all options} */
    @Override
    public String toString() {
        return family.name() + values();
    }
}
