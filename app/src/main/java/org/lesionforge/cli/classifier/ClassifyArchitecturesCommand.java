package org.lesionforge.cli.classifier;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.weights.ArchitectureDescription;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code classify architectures} */
@Command(
        name = "architectures",
        mixinStandardHelpOptions = true,
        description =
                "The networks that 'classify train --architecture' knows: how large they are, what an image costs, and "
                        + "which pretrained weights are published of them. The first is the default.")
final class ClassifyArchitecturesCommand implements Callable<Integer> {
    private static final double MILLION = 1e6;

    @Mixin
    CommonOptions common;

    private final BackboneZoo backbones;

    ClassifyArchitecturesCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() {
        WeightsCache cache = WeightsCache.ofUser();
        List<ArchitectureDescription> all = backbones.architectures().stream()
                .map(architecture -> ArchitectureDescription.of(architecture, cache))
                .toList();
        if (common.json) {
            common.printJson(all);
            return ExitCode.DONE;
        }
        common.print(String.format(
                "%-22s%12s%10s%7s%10s  %s", "network", "parameters", "GFLOP", "side", "smallest", "weights"));
        all.forEach(this::print);
        common.print("parameters: with 1,000 classes, auxiliary heads included; GFLOP: for an image of the usual side, "
                + "a multiplication and an addition counted as two");
        return ExitCode.DONE;
    }

    private void print(ArchitectureDescription network) {
        common.print(String.format(
                Locale.ROOT,
                "%-22s%10.1f M%10.2f%7d%10d  %s",
                network.name(),
                network.parameters() / MILLION,
                network.gigaflop(),
                network.side(),
                network.smallestSide(),
                network.weights().isEmpty() ? "none known" : ""));
        for (ArchitectureDescription.Weights weights : network.weights()) {
            common.print("    " + weights.name() + (weights.here() ? " (here)" : "") + ": " + weights.licence());
        }
        if (!network.paddings().isEmpty()) {
            common.print("    --padding " + String.join("|", network.paddings())
                    + ": networks of one name and one shape of weights; the first is the default");
        }
        if (!network.classActivation()) {
            common.print("    no class activation maps: fully connected layers see all of the image at once");
        }
    }
}
