package org.lesionforge.cli.generator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.training.GeneratorPlan;

/** A generator's options in one line, and the estimate of its training. */
public final class SpecText {
    private static final String GROUP = ".";
    private static final Set<String> COMMON =
            Set.of("size", "channels", "class_count", "batch", "epochs", "snapshot_every", "patience", "seed");

    private SpecText() {}

    /** {@code 64 pixels, latent 100, width 128, kernel 5, learning rate 0.0002, beta1 0.5, 300 epochs, batch 64} */
    public static String of(GeneratorSpec<?> spec) {
        GeneratorOptions common = spec.common();
        List<String> words = new ArrayList<>();
        words.add(common.size() + " pixels");
        spec.values().forEach((key, value) -> {
            if (!COMMON.contains(key) && !key.contains(GROUP) && !value.equals(false)) {
                words.add(value.equals(true) ? words(key) : words(key) + " " + value(value));
            }
        });
        words.add((spec.stages() == 1 ? "" : spec.stages() + " × ") + common.epochs() + " epochs");
        words.add("batch " + common.batch());
        return String.join(", ", words);
    }

    static List<String> lines(GeneratorPlan plan) {
        GeneratorSpec<?> spec = plan.options();
        return List.of(
                spec.family().title() + ", " + of(spec) + ", a snapshot every "
                        + spec.common().snapshotEvery() + " epochs",
                "otherwise than published: " + otherwise(spec),
                String.format(
                        Locale.ROOT,
                        "%d images, %d iterations, about %.0f min (measuring snapshots not counted)",
                        plan.images(),
                        plan.iterations(),
                        plan.seconds() / 60),
                ModelSummaryText.memory(plan.memory()),
                "every option: the same command with --json; nothing was trained or written");
    }

    /** The grouped options that are not those of the family's first preset. */
    private static String otherwise(GeneratorSpec<?> spec) {
        Map<String, Object> published = spec.family().preset(Preset.PAPER).values();
        List<String> words = new ArrayList<>();
        spec.values().forEach((key, value) -> {
            if (key.contains(GROUP) && !value.equals(published.get(key))) {
                words.add(words(key.substring(key.indexOf(GROUP) + 1)) + " " + value(value));
            }
        });
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static String words(String key) {
        return key.replace('_', ' ');
    }

    /** Numbers by up to four digits, and other values by the words of files. */
    static String value(Object value) {
        if (value instanceof Double number) {
            BigDecimal digits = BigDecimal.valueOf(number).round(new MathContext(4));
            return digits.signum() == 0 ? "0" : digits.stripTrailingZeros().toPlainString();
        }
        return value instanceof Flips flips ? flips.word() : value.toString();
    }
}
