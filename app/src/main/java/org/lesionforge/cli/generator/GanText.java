package org.lesionforge.cli.generator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionforge.gan.Flips;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanPlan;
import org.lesionforge.gan.Remedies;

/** A GAN's options in one line, and the estimate of its training. */
public final class GanText {
    private GanText() {}

    public static String of(GanOptions options) {
        return options.size() + " pixels, width " + options.width() + ", kernel " + options.kernel() + ", "
                + options.epochs() + " epochs, batch " + options.batch() + ", learning rate " + options.learningRate();
    }

    static List<String> lines(GanPlan plan) {
        GanOptions options = plan.options();
        return List.of(
                "DCGAN, " + of(options) + ", a snapshot every " + options.snapshotEvery() + " epochs",
                "remedies for small classes: " + remedies(options.remedies()),
                String.format(
                        Locale.ROOT,
                        "%d images, %d iterations, about %.0f min (measuring snapshots not counted)",
                        plan.images(),
                        plan.iterations(),
                        plan.seconds() / 60),
                ModelSummaryText.memory(plan.memory()),
                "every option: the same command with --json; nothing was trained or written");
    }

    /** The remedies in use, by the names of their options. */
    private static String remedies(Remedies used) {
        List<String> words = new ArrayList<>();
        if (used.flips() != Flips.NONE) {
            words.add("flips " + used.flips().word());
        }
        add(words, "translation", used.translation());
        add(words, "brightness", used.brightness());
        add(words, "label smoothing", used.labelSmoothing());
        if (used.spectralNorm()) {
            words.add("spectral norm");
        }
        if (used.minibatchStd()) {
            words.add("minibatch standard deviation");
        }
        add(words, "R1", used.r1());
        add(words, "EMA", used.emaHalfLife());
        add(words, "falling learning rate", used.rateDecay());
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static void add(List<String> words, String name, double value) {
        if (value > 0) {
            BigDecimal digits = BigDecimal.valueOf(value).round(new MathContext(4));
            words.add(name + " " + digits.stripTrailingZeros().toPlainString());
        }
    }
}
