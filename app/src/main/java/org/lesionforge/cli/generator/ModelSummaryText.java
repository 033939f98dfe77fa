package org.lesionforge.cli.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.GeneratorSummary.Memory;
import org.lesionforge.nn.ModelSummary;

/** A generator's nets as tables for a terminal. */
final class ModelSummaryText {
    private ModelSummaryText() {}

    static List<String> lines(GeneratorSummary generator) {
        List<String> lines = new ArrayList<>();
        for (GeneratorSummary.Net net : generator.nets()) {
            lines.addAll(table(net.name(), net.patch(), net.layers()));
            lines.add("");
        }
        lines.add(memory(generator.memory()));
        return lines;
    }

    private static List<String> table(String net, String patch, ModelSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(row(net, "", "output", "parameters", patch));
        for (ModelSummary.Row layer : summary.rows()) {
            lines.add(row(
                    layer.name(),
                    layer.does(),
                    layer.channels() + "×" + layer.side() + "×" + layer.side(),
                    String.format(Locale.ROOT, "%,d", layer.parameters()),
                    layer.patch() + " px"));
        }
        lines.add(row("", "", "", String.format(Locale.ROOT, "%,d", summary.parameters()), ""));
        return lines;
    }

    private static String row(String name, String does, String output, String parameters, String patch) {
        return String.format(Locale.ROOT, "%-14s%-54s%-14s%12s%8s", name, does, output, parameters, patch)
                .stripTrailing();
    }

    /** One line. */
    static String memory(Memory memory) {
        return String.format(
                Locale.ROOT,
                "memory of a training step: about %s (nets, gradients, Adam %s; average %s; activations of a batch %s), "
                        + "and about 0.4 GB for the program",
                size(memory.total()),
                size(memory.nets()),
                size(memory.average()),
                size(memory.activations()));
    }

    private static String size(long bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
