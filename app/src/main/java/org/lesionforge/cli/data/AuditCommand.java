package org.lesionforge.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.audit.Audit;
import org.lesionforge.audit.AuditFolder;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.audit.WeightsNetwork;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit DATASET} */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Searches a data set for problems: copies, identifiers in two parts, contradicting labels, "
                + "imbalance, shortcuts to the label, licences.",
        footer = {"", "Exit code 1 when parts overlap."})
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Parameters(paramLabel = "DATASET", description = "A prepared data set.")
    Path dataset;

    @Option(
            names = "--weights",
            paramLabel = "FILE|NAME",
            description =
                    "Weights of a network to compare images by features too, which finds lesions photographed twice: "
                            + "a file (safetensors, .pth) or a name of 'weights list'.")
    Path weights;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write audit.json and the pictures of the worst pairs here.")
    Path out;

    private final BackboneZoo backbones;

    public AuditCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        if (out != null) {
            OutputFolder.requireFree(out);
        }
        Progress progress = common.progress();
        AuditResult audit;
        Dataset data;
        try (FeatureCache cache = FeatureCache.in(FeatureCache.folderOfUser(), progress)) {
            Optional<Audit.Network> network = Optional.ofNullable(weights)
                    .map(file -> new WeightsNetwork(
                            WeightsCache.ofUser().open(file, "--weights", backbones, progress),
                            cache,
                            computing.compute(),
                            progress));
            data = Dataset.open(dataset, progress);
            audit = Audit.of(data, network, progress);
        }
        if (out != null) {
            AuditFolder.write(out, data, audit);
        }
        if (common.json) {
            common.printJson(audit);
        } else {
            AuditText.lines(audit).forEach(common::print);
            common.print(
                    out == null
                            ? "every pair, with pictures of the worst: --out DIR"
                            : "everything: " + AuditFolder.result(out));
        }
        return audit.partsOverlap() ? ExitCode.FAILURE : ExitCode.DONE;
    }
}
