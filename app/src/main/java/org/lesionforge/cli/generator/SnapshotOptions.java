package org.lesionforge.cli.generator;

import java.util.List;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The choice of a GAN run's generator to draw from. */
final class SnapshotOptions {
    @Option(
            names = "--snapshot",
            paramLabel = "best|last|EPOCH",
            defaultValue = "best",
            description = "Which snapshot to draw from.")
    String snapshot;

    @Option(
            names = "--weights",
            paramLabel = "raw|ema",
            description =
                    "The generator's weights or their running average: those that were best for the best snapshot; "
                            + "else the average, if the run has one.")
    GeneratorWeights weights;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    Snapshot of(GeneratorRun gan) {
        if (snapshot.equals("best") && weights == null) {
            return gan.best().snapshot();
        }
        List<Integer> snapshots = gan.snapshots();
        int epoch =
                switch (snapshot) {
                    case "best" -> gan.best().epoch();
                    case "last" -> snapshots.get(snapshots.size() - 1);
                    default -> number(snapshots);
                };
        return new Snapshot(epoch, weights == null ? gan.usualWeights() : weights);
    }

    private int number(List<Integer> snapshots) {
        try {
            return Integer.parseInt(snapshot);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--snapshot must be best, last or one of " + snapshots + ", got " + snapshot);
        }
    }
}
