package org.lesionforge.cli.classifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.classifier.recipe.Schedule;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import picocli.CommandLine.Option;

/** Which recipe a classifier is trained by, and what is otherwise in it. */
final class RecipeMixin {
    @Option(
            names = "--recipe",
            paramLabel = "paper|strong",
            description =
                    "Values of the other options, unless they are given. Default: paper, but strong for whole networks in an experiment with --protocol strict.")
    @Nullable
    Recipe recipe;

    @Option(
            names = "--optimizer",
            paramLabel = "adagrad|sgd|adamw",
            description = "What makes a step of a gradient. Default: adagrad, adamw with the recipe strong.")
    @Nullable
    OptimizerKind optimizer;

    @Option(
            names = "--weight-decay",
            paramLabel = "W",
            description =
                    "Share of the weights taken off in each step, times the learning rate; not of norms and biases. Default: 0, 0.05 with the recipe strong.")
    @Nullable
    Double weightDecay;

    @Option(
            names = "--schedule",
            paramLabel = "constant|step|cosine",
            description =
                    "How the learning rate falls: not; to a tenth after 1/2 and a hundredth after 3/4; to 0. Default: constant, cosine with the recipe strong.")
    @Nullable
    Schedule schedule;

    @Option(
            names = "--warmup",
            paramLabel = "EPOCHS",
            description = "Let the learning rate rise over so many epochs. Default: 0, 2 with the recipe strong.")
    @Nullable
    Double warmup;

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            description = "Spread this share of each label over all classes. Default: 0, 0.1 with the recipe strong.")
    @Nullable
    Double labelSmoothing;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            description = "Blend two images, shares from Beta(ALPHA, ALPHA). Default: 0, 0.4 with the recipe strong.")
    @Nullable
    Double mixup;

    @Option(
            names = "--cutmix",
            paramLabel = "ALPHA",
            description =
                    "Paste a patch of another image, its area from Beta(ALPHA, ALPHA). Default: 0, 0.4 with the recipe strong.")
    @Nullable
    Double cutmix;

    @Option(
            names = "--mix-probability",
            paramLabel = "SHARE",
            description =
                    "Share of the batches that are mixed; half of them each way where both are on. Default: 1, 0.7 with the recipe strong.")
    @Nullable
    Double mixProbability;

    @Option(
            names = "--crop",
            paramLabel = "SHARE",
            description =
                    "Cut a random piece of at least this share of the area, and scale it to the whole. Default: 0, 0.4 with the recipe strong.")
    @Nullable
    Double crop;

    @Option(
            names = "--shear",
            paramLabel = "DEGREES",
            description = "Slant images by a random angle up to this. Default: 0, 20 with the recipe strong.")
    @Nullable
    Double shear;

    @Option(
            names = "--colour",
            paramLabel = "RANGE",
            description =
                    "Change brightness, contrast and saturation by random factors of 1-RANGE to 1+RANGE. Default: 0, 0.3 with the recipe strong.")
    @Nullable
    Double colour;

    @Option(
            names = "--ema",
            paramLabel = "SHARE",
            description =
                    "Validate and keep a running average of the weights, of which this share is kept per step. Default: 0, 0.998 with the recipe strong.")
    @Nullable
    Double ema;

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            description = "Shorten gradients that are longer than this. Default: 0, 5 with the recipe strong.")
    @Nullable
    Double clip;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description =
                    "Share of the features dropped before the last layer. Default: the network's own, 0.5 of Inception V3.")
    @Nullable
    Double dropout;

    @Option(
            names = "--balanced",
            negatable = true,
            fallbackValue = "true",
            description =
                    "Take as many images of each class in an epoch; those of a small class come several times. Default: off.")
    @Nullable
    Boolean balanced;

    @Option(
            names = "--tta",
            paramLabel = "N",
            description =
                    "Predict the mean over N copies of an image, altered as in training; 1: the image as it is. Default: 1.")
    @Nullable
    Integer tta;

    /** The recipe that counts. */
    Recipe or(Recipe usual) {
        return recipe == null ? usual : recipe;
    }

    /**
     * A recipe with what is given in its place.
     *
     * @throws IllegalArgumentException when a value is out of its range, or means nothing
     */
    TrainingRecipe over(TrainingRecipe base) {
        SoftLabels labels = base.softLabels();
        if (mixProbability != null
                && mixup == null
                && cutmix == null
                && !base.softLabels().mixes()) {
            throw new IllegalArgumentException("--mix-probability says how many batches are mixed, and none is: turn on"
                    + " --mixup or --cutmix, or take --recipe strong");
        }
        Optimisation optimisation = base.optimisation();
        return new TrainingRecipe(
                given(crop, base.crop()),
                given(shear, base.shear()),
                given(colour, base.colour()),
                new SoftLabels(
                        given(labelSmoothing, labels.labelSmoothing()),
                        given(mixup, labels.mixup()),
                        given(cutmix, labels.cutmix()),
                        given(mixProbability, labels.mixProbability())),
                new Optimisation(
                        given(optimizer, optimisation.optimizer()),
                        given(weightDecay, optimisation.weightDecay()),
                        given(schedule, optimisation.schedule()),
                        given(warmup, optimisation.warmup()),
                        given(clip, optimisation.clip()),
                        given(ema, optimisation.ema())),
                dropout == null ? base.dropout() : Optional.of(dropout),
                given(balanced, base.balanced()),
                given(tta, base.tta()));
    }

    static <T> T given(@Nullable T value, T usual) {
        return value == null ? usual : value;
    }

    /** Names of the options that are given. */
    List<String> given() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("--recipe", recipe);
        values.put("--optimizer", optimizer);
        values.put("--weight-decay", weightDecay);
        values.put("--schedule", schedule);
        values.put("--warmup", warmup);
        values.put("--label-smoothing", labelSmoothing);
        values.put("--mixup", mixup);
        values.put("--cutmix", cutmix);
        values.put("--mix-probability", mixProbability);
        values.put("--crop", crop);
        values.put("--shear", shear);
        values.put("--colour", colour);
        values.put("--ema", ema);
        values.put("--clip", clip);
        values.put("--dropout", dropout);
        values.put("--balanced", balanced);
        values.put("--tta", tta);
        values.values().removeIf(Objects::isNull);
        return List.copyOf(values.keySet());
    }
}
