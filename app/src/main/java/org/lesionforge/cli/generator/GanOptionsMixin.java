package org.lesionforge.cli.generator;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lesionforge.cli.common.BatchSize;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.training.GeneratorSpeed;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import picocli.CommandLine.Option;

/**
 * How a generator is trained: a preset, and options that override it. Each field has the name of the component of {@link GeneratorOptions} or of a
 * family's own options that it sets; a family without such a component refuses the option.
 */
public final class GanOptionsMixin {
    private static final String PRESET = "preset";

    @Option(
            names = "--preset",
            paramLabel = "paper|small-data",
            defaultValue = Preset.PAPER,
            description =
                    "What is not given otherwise. Defaults below are the paper's; small-data is for some hundreds "
                            + "of images: batch 16, width 64, kernel 4, flips, EMA, falling learning rate.")
    String preset;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the generated images, a power of two. Default: 64.")
    Integer size;

    @Option(
            names = "--latent",
            paramLabel = "N",
            description = "Length of the random input z. Default: 100; wgan-gp 128.")
    Integer latent;

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Channels of the widest feature map: 128 as in Radford's paper, 64 for a quarter of the work. "
                            + "Default: 128; wgan-gp 64; small-data 64.")
    Integer width;

    @Option(
            names = "--kernel",
            paramLabel = "4|5",
            description = "Side of the convolutions: 5 as in Radford's paper, 4 as in PyTorch's example. "
                    + "Default: 5; small-data 4.")
    Integer kernel;

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            converter = BatchSize.Converter.class,
            description = "Images per step; auto: the largest power of two that memory holds, found once and recorded. "
                    + "Default: 64; small-data 16.")
    BatchSize batch;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the class. Default: 300.")
    Integer epochs;

    @RecordedAs("learning_rate")
    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "Adam's learning rate, both nets. Default: 0.0002; wgan-gp 0.0001.")
    Double learningRate;

    @Option(names = "--beta1", paramLabel = "B", description = "Adam's beta 1; beta 2 is 0.999. Default: 0.5.")
    Double beta1;

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            description = "Epochs between snapshots, each with a sample grid and quality metrics. Default: 10.")
    Integer snapshotEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End early after N snapshots without a better one, as measured on validation images. "
                    + "Default: 0, never.")
    Integer patience;

    @Option(
            names = "--flips",
            paramLabel = "none|horizontal|both",
            converter = FlipsConverter.class,
            description = "Mirror the real images at random. Default: none; small-data both.")
    Flips flips;

    @Option(
            names = "--translation",
            paramLabel = "SHARE",
            description = "DiffAugment: the discriminator sees real and generated images moved at random by up to this "
                    + "share of their side. Default: 0.")
    Double translation;

    @Option(
            names = "--brightness",
            paramLabel = "SHARE",
            description = "DiffAugment: ... and brightened or darkened by up to this share of the range from black to "
                    + "white. Default: 0.")
    Double brightness;

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            description = "The discriminator learns real = 1 - SHARE instead of 1. Default: 0.")
    Double labelSmoothing;

    @Option(
            names = "--spectral-norm",
            negatable = true,
            description = "Spectral norm in place of batch norm in the discriminator. Default: off.")
    Boolean spectralNorm;

    @Option(
            names = "--minibatch-std",
            negatable = true,
            description = "Give the discriminator the standard deviation of its batch. Default: off.")
    Boolean minibatchStd;

    @Option(
            names = "--conditional",
            negatable = true,
            description = "Tell classes apart: images are drawn of a class. Default: off.")
    Boolean conditional;

    @Option(
            names = "--r1",
            paramLabel = "GAMMA",
            description = "Penalty on the discriminator's gradient at real images. Default: 0, none.")
    Double r1;

    @Option(
            names = "--r1-every",
            paramLabel = "N",
            description = "Iterations from one such penalty to the next. Default: 1.")
    Integer r1Every;

    @RecordedAs("ema_half_life")
    @Option(
            names = "--ema",
            paramLabel = "IMAGES",
            description = "Half-life of a running average of the generator's weights, in images. "
                    + "Default: 0, none; small-data 10000.")
    Integer emaHalfLife;

    @Option(
            names = "--ema-ramp-up",
            paramLabel = "SHARE",
            description =
                    "That half-life is at most this share of the images seen so far; 0 for no limit. Default: 0.05.")
    Double emaRampUp;

    @RecordedAs("rate_decay")
    @Option(
            names = "--lr-decay",
            paramLabel = "SHARE",
            description = "Let the learning rate fall linearly to 0 over this last share of the training. "
                    + "Default: 0, none; small-data a third.")
    Double rateDecay;

    /** What the names of these options begin with: {@code --gan-} in an experiment. */
    private final String prefix;

    /** Values of options that no field is of, by components: see {@link FamilyOptions}. */
    private final Map<String, Object> others = new LinkedHashMap<>();

    /** Options as {@code gan train} has them. */
    public GanOptionsMixin() {
        this("--");
    }

    /** @param prefix of the options' names on the command line, for messages */
    public GanOptionsMixin(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The options of a family: an option given here goes before the preset's.
     *
     * @throws IllegalArgumentException when the family has no such preset or option, or a value is out of its range
     */
    public <O extends ModelOptions> GeneratorSpec<O> of(ModelFamily<O> family, long seed) {
        return of(family, List.of(family), seed);
    }

    /**
     * The options of one of several families that are trained together: an option is of all families that have it.
     *
     * @param all the families, {@code family} among them
     * @throws IllegalArgumentException when the family has no such preset, none has such an option, or a value is out of its range
     */
    public <O extends ModelOptions> GeneratorSpec<O> of(ModelFamily<O> family, List<ModelFamily<?>> all, long seed) {
        return over(family.preset(preset), all, seed, Map.of());
    }

    /** The name of the preset that takes the place of what is not given. */
    public String preset() {
        return preset;
    }

    /**
     * As {@link #of(ModelFamily, List, long)}, with other values than a preset's for what is not given.
     *
     * @param usual of one of {@code all}
     * @param fixed values that stay, whatever is given
     */
    public <O extends ModelOptions> GeneratorSpec<O> over(
            GeneratorSpec<O> usual, List<ModelFamily<?>> all, long seed, Map<String, Object> fixed) {
        Map<String, Object> given = given();
        given.keySet().stream()
                .filter(component -> all.stream()
                        .noneMatch(family -> family.preset(Preset.PAPER).has(component)))
                .findFirst()
                .ifPresent(component -> {
                    throw new IllegalArgumentException(flag(component) + " is not an option of "
                            + all.stream().<String>map(ModelFamily::name).collect(Collectors.joining(", ")) + "; see:"
                            + " lesionforge gan families");
                });
        given.putAll(fixed);
        return usual.with(given).common(common -> common.seed(seed));
    }

    /**
     * The same options, with the batch that memory holds where {@code auto} was asked for.
     *
     * @param options of these, otherwise whole
     * @param images that there are to train on
     */
    public GeneratorSpec<?> fitted(GeneratorSpec<?> options, int images, Compute compute, Progress progress) {
        if (batch == null || !batch.isAuto()) {
            return options;
        }
        int found = BatchSize.found(prefix + "batch", GeneratorSpeed.memory(options, compute), images, progress);
        return options.common(common -> common.batch(found));
    }

    String prefix() {
        return prefix;
    }

    /** Whether a field is of this component. */
    boolean names(String component) {
        return Arrays.stream(GanOptionsMixin.class.getDeclaredFields())
                .anyMatch(field -> field.isAnnotationPresent(Option.class)
                        && field.getName().equals(component));
    }

    /** Sets an option that no field is of; null takes it back. */
    void set(String component, @Nullable Object value) {
        if (value == null) {
            others.remove(component);
        } else {
            others.put(component, value);
        }
    }

    /** The values on the command line by their fields, which are called as the components of options are. */
    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>(others);
        for (Field field : GanOptionsMixin.class.getDeclaredFields()) {
            if (field.isAnnotationPresent(Option.class) && !field.getName().equals(PRESET)) {
                try {
                    Object value = field.get(this);
                    if (value instanceof BatchSize size) {
                        size.images().ifPresent(images -> given.put(field.getName(), images));
                    } else if (value != null) {
                        given.put(field.getName(), value);
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return given;
    }

    private String flag(String component) {
        if (others.containsKey(component)) {
            return prefix + component.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }
        try {
            Option option = Objects.requireNonNull(
                    GanOptionsMixin.class.getDeclaredField(component).getAnnotation(Option.class));
            return prefix + option.names()[0].substring(2);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
