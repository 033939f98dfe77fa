package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.classifier.recipe.Schedule;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.common.PlainValues;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Recipes on the command line: what each stands for, and every flag over either. */
final class RecipeMixinTest {
    private static ClassifierOptions parse(Recipe usual, @Nullable Path weights, String line) {
        ClassifierOptionsMixin mixin = new ClassifierOptionsMixin();
        CommandLine command = new CommandLine(CommandSpec.forAnnotatedObject(mixin));
        PlainValues.registerAt(command);
        command.parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
        return mixin.options(List.of(BackboneZoo.STANDARD.first()), usual, Selection.BEST, weights, 7);
    }

    private static ClassifierOptions parse(String line) {
        return parse(Recipe.PAPER, null, line);
    }

    private static ClassifierOptions seeded(Recipe recipe) {
        return recipe.options().with().seed(7).build();
    }

    @Test
    void aRecipeStandsForItsOptions() {
        assertEquals(seeded(Recipe.PAPER).with().selection(Selection.BEST).build(), parse(""));
        assertEquals(parse(""), parse(Recipe.STRONG, null, "--recipe=paper"));
        assertEquals(seeded(Recipe.STRONG), parse("--recipe strong"));
        assertEquals(seeded(Recipe.STRONG), parse(Recipe.STRONG, null, ""));
    }

    /** Method section 10's best row, value by value, in the words of the command line. */
    @Test
    void strongIsWhatDidBest() {
        assertEquals(
                parse("--recipe strong"),
                parse("--recipe paper --epochs 35 --batch 64 --select last --optimizer adamw --lr 0.0008"
                        + " --weight-decay 0.05 --schedule cosine --warmup 2 --label-smoothing 0.1 --mixup 0.4"
                        + " --cutmix 0.4 --mix-probability 0.7 --crop 0.4 --rotation 180 --flips --shear 20 --colour 0.3"
                        + " --ema 0.998 --clip 5 --no-balanced --tta 1"));
    }

    @Test
    void paperIsStrongWithEverythingTurnedOff() {
        assertEquals(
                parse("--recipe paper --mix-probability 1 --mixup 0 --select last"),
                parse("--recipe strong --epochs 20 --batch 128 --optimizer adagrad --lr 0.001 --weight-decay 0"
                        + " --schedule constant --warmup 0 --label-smoothing 0 --mixup 0 --cutmix 0 --mix-probability 1"
                        + " --crop 0 --shear 0 --colour 0 --ema 0 --clip 0"));
    }

    @Test
    void everyFlagCountsOverEitherRecipe() {
        Map<String, Function<ClassifierOptions, Object>> flags = new LinkedHashMap<>();
        flags.put(
                "--optimizer sgd", options -> options.training().optimisation().optimizer());
        flags.put(
                "--weight-decay 0.25",
                options -> options.training().optimisation().weightDecay());
        flags.put(
                "--schedule step", options -> options.training().optimisation().schedule());
        flags.put("--warmup 0.25", options -> options.training().optimisation().warmup());
        flags.put("--clip 0.25", options -> options.training().optimisation().clip());
        flags.put("--ema 0.25", options -> options.training().optimisation().ema());
        flags.put(
                "--label-smoothing 0.25",
                options -> options.training().softLabels().labelSmoothing());
        flags.put("--mixup 0.25", options -> options.training().softLabels().mixup());
        flags.put("--cutmix 0.25", options -> options.training().softLabels().cutmix());
        flags.put(
                "--mixup 1 --mix-probability 0.25",
                options -> options.training().softLabels().mixProbability());
        flags.put("--crop 0.25", options -> options.training().crop());
        flags.put("--shear 0.25", options -> options.training().shear());
        flags.put("--colour 0.25", options -> options.training().colour());
        flags.put("--dropout 0.25", options -> options.training().dropout().orElse(-1.0));
        flags.put("--rotation 0.25", ClassifierOptions::rotation);
        flags.put("--lr 0.25", ClassifierOptions::learningRate);
        flags.put("--balanced", options -> options.training().balanced());
        flags.put("--no-flips", ClassifierOptions::flips);
        flags.put("--tta 9", options -> options.training().tta());
        flags.put("--epochs 9", ClassifierOptions::epochs);
        flags.put("--batch 9", ClassifierOptions::batch);
        flags.put("--select best-auc", ClassifierOptions::selection);
        for (Recipe recipe : Recipe.values()) {
            ClassifierOptions base = parse(recipe, null, "");
            flags.forEach((flag, value) -> {
                ClassifierOptions changed = parse(recipe, null, flag);
                Object expected =
                        switch (flag.substring(flag.lastIndexOf(' ') + 1)) {
                            case "sgd" -> OptimizerKind.SGD;
                            case "step" -> Schedule.STEP;
                            case "0.25" -> 0.25;
                            case "9" -> 9;
                            case "best-auc" -> Selection.BEST_AUC;
                            default -> !flag.contains("--no-");
                        };
                assertEquals(expected, value.apply(changed), flag);
                assertTrue(!expected.equals(value.apply(base)), flag + " changes " + recipe);
            });
        }
    }

    @Test
    void theBestEpochHasItsOldName() {
        for (String name : new String[] {"best", "best-loss", "BEST"}) {
            assertEquals(Selection.BEST, parse("--select " + name).selection(), name);
        }
        assertEquals(Selection.BEST_AUC, parse("--select BEST_AUC").selection(), "as files have it");
    }

    private static void refused(String line, @Nullable Path weights, String... words) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse(Recipe.STRONG, weights, line))
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void whatMeansNothingIsRefusedByName() {
        Path weights = Path.of("weights");
        refused("--freeze --recipe strong", weights, "--freeze", "--recipe");
        refused("--freeze --mixup 0.4 --tta 4", weights, "--mixup, --tta");
        String everything = "--recipe=paper --optimizer=sgd --weight-decay=0 --schedule=step --warmup=0"
                + " --label-smoothing=0 --mixup=0 --cutmix=0 --mix-probability=1 --crop=0 --shear=0 --colour=0 --ema=0"
                + " --clip=0 --dropout=0 --balanced --tta=1 --epochs=20 --batch=128 --micro-batch=16 --lr=0.001"
                + " --auxiliary-weight=0.4 --select=last --flips --rotation=180";
        for (String flag : everything.split(" ", -1)) {
            refused("--freeze " + flag, weights, "--freeze", flag.replaceFirst("=.*", ""));
        }
        refused("--freeze --no-flips", weights, "--freeze", "--flips");
        refused("--recipe paper --mix-probability 0.5", null, "--mix-probability", "--mixup or --cutmix");
        refused("--tta 0", null, "1 to 1000, got 0");
        refused("--crop 2", null, "up to 1, got 2");
        refused("--dropout 1", null, "[0, 1), got 1");
        // Frozen features have no recipe, whatever is usual.
        assertEquals(
                ClassifierOptions.paper().training(),
                parse(Recipe.STRONG, weights, "--freeze").training());
        assertEquals(
                ProbeOptions.MIDDLE, parse(Recipe.STRONG, weights, "--freeze").probe());
        assertEquals(
                ProbeOptions.LAST,
                parse(Recipe.STRONG, weights, "--freeze --layer last").probe());
        assertEquals(null, parse("").probe());
    }
}
