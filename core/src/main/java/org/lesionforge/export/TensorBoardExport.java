package org.lesionforge.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.GanIteration;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunFiles.ArmFolder;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;

/**
 * Writes what a run logged as TensorBoard's event files, one in a folder for each training of the run: numbers as
 * scalars, sample grids as images, configuration and alarms as texts. The logs have no times: every event of a file has
 * the time at which its log was last written.
 */
public final class TensorBoardExport {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    /** Signature, length and type of the first chunk, then width and height. */
    private static final int PNG_SIZE = 24;

    private final Path out;
    private final Progress progress;
    private final List<String> files = new ArrayList<>();
    private long events;

    private TensorBoardExport(Path out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param out the folder, for {@code tensorboard --logdir}
     * @param files in it, with their folders
     * @param events in all of them
     */
    public record Written(String out, List<String> files, long events) {}

    /**
     * Writes the event files of a run.
     *
     * @param run folder of an experiment, a generator or a classifier, finished or not
     * @param out folder to make
     * @param progress receives messages
     * @return what was written
     * @throws UnusableInputException when {@code run} is not a run or a file of it is damaged, or {@code out} is not free
     * @throws IOException when a file cannot be written
     */
    public static Written write(Path run, Path out, Progress progress) throws IOException {
        RunLayout.Kind kind = RunLayout.Kind.of(run)
                .orElseThrow(() -> new UnusableInputException(
                        run + " is not a run: it holds neither an experiment, nor the training of a generator or a"
                                + " classifier. Give the folder that was named with --out."));
        try (FolderLock lock = FolderLock.create(out, "exporting into")) {
            return lock.run(() -> {
                TensorBoardExport export = new TensorBoardExport(out, progress);
                switch (kind) {
                    case GENERATOR -> export.generator(GanFiles.of(run), "");
                    case CLASSIFIER -> export.classifier(arm(run), "");
                    case EXPERIMENT -> export.experiment(run);
                }
                return new Written(out.toString(), export.files, export.events);
            });
        }
    }

    private static ArmFolder arm(Path folder) {
        return new ArmFolder(folder.toString(), new ArmLayout(folder), Optional.empty());
    }

    private void experiment(Path run) throws IOException {
        RunLayout layout = new RunLayout(run);
        file("", layout.config(), events -> text(events, "config", layout.config()));
        RunFiles files = new RunFiles(run);
        for (GanFiles generator : files.allGenerators()) {
            generator(generator, run.relativize(generator.layout().folder()).toString());
        }
        for (ArmFolder arm : files.armFolders()) {
            classifier(arm, "arms/" + arm.name());
        }
    }

    /** Writes events. */
    @FunctionalInterface
    private interface Events {
        void writeTo(EventWriter writer) throws IOException;
    }

    /**
     * @param folder of the event file, in {@link #out}
     * @param log whose time the events have; nothing is written where it is missing
     */
    private void file(String folder, Path log, Events content) throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        long millis = Files.getLastModifiedTime(log).toMillis();
        // TensorBoard takes files with "tfevents" in their names, sorted by name.
        Path file = out.resolve(folder)
                .resolve("events.out.tfevents." + String.format(Locale.ROOT, "%010d", millis / 1000) + ".lesionforge");
        AtomicFile.write(file, stream -> content.writeTo(new EventWriter(stream, millis / 1000.0)));
        files.add(out.relativize(file).toString().replace('\\', '/'));
        progress.message("wrote " + file);
    }

    private void generator(GanFiles gan, String folder) throws IOException {
        file(folder, gan.layout().statistics(), writer -> {
            text(writer, "config", gan.layout().config());
            // The iteration at which each epoch ended, for what knows epochs alone.
            Map<Integer, Long> ends = new TreeMap<>();
            for (GanIteration line : gan.statistics()) {
                scalars(writer, line.iteration(), "train/", line.numbers());
                ends.merge(line.epoch(), line.iteration(), Math::max);
            }
            for (MeasuredSnapshot snapshot : gan.metrics()) {
                Map<String, Double> values = new LinkedHashMap<>();
                snapshot.metrics().forEach(metric -> values.put(metric.key(), metric.value()));
                boolean ema = snapshot.weights() == GeneratorWeights.EMA;
                scalars(writer, snapshot.iteration(), ema ? "snapshots_ema/" : "snapshots/", values);
            }
            for (GanFiles.Sheet grid : gan.samples()) {
                image(writer, ends.getOrDefault(grid.epoch(), (long) grid.epoch()), grid.file());
            }
            for (Alarm alarm : gan.alarms()) {
                writer.text(
                        alarm.iteration(),
                        "alarms/" + alarm.kind().word(),
                        "**" + alarm.kind().word() + "**, since iteration " + alarm.since() + ": " + alarm.seen()
                                + "\n\nTry: " + alarm.advice());
                events++;
            }
        });
    }

    private void classifier(ArmFolder arm, String folder) throws IOException {
        file(folder, arm.layout().statistics(), writer -> {
            text(writer, "config", arm.layout().config());
            for (EpochStats epoch : arm.statistics()) {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("train_loss", epoch.trainLoss());
                values.put("train_accuracy", epoch.trainAccuracy());
                epoch.validationLoss().ifPresent(value -> values.put("validation_loss", value));
                epoch.validationAccuracy().ifPresent(value -> values.put("validation_accuracy", value));
                epoch.validationAuc().ifPresent(value -> values.put("validation_auc", value));
                values.put("seconds", epoch.seconds());
                scalars(writer, epoch.epoch(), "epochs/", values);
            }
            long line = 0;
            for (ProbeStats fit : arm.probe()) {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("l2", fit.l2());
                fit.heldOutLoss().ifPresent(value -> values.put("held_out_loss", value));
                fit.trainLoss().ifPresent(value -> values.put("train_loss", value));
                fit.trainAccuracy().ifPresent(value -> values.put("train_accuracy", value));
                fit.validationLoss().ifPresent(value -> values.put("validation_loss", value));
                fit.validationAccuracy().ifPresent(value -> values.put("validation_accuracy", value));
                scalars(writer, ++line, "fits/", values);
            }
        });
    }

    private void scalars(EventWriter writer, long step, String group, Map<String, Double> values) throws IOException {
        Map<String, Double> tagged = new LinkedHashMap<>();
        values.forEach((key, value) -> tagged.put(group + key, value));
        if (!tagged.isEmpty()) {
            writer.scalars(step, tagged);
            events++;
        }
    }

    private void image(EventWriter writer, long step, Path file) throws IOException {
        byte[] png = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(png);
        if (png.length < PNG_SIZE || bytes.getInt(0) != ByteBuffer.wrap(PNG).getInt()) {
            throw new UnusableInputException(file + " is not a PNG file; delete it, or bring it back from a copy");
        }
        writer.image(step, "samples", png, bytes.getInt(16), bytes.getInt(20));
        events++;
    }

    /** A JSON file as a block of code. */
    private void text(EventWriter writer, String tag, Path file) throws IOException {
        if (Files.exists(file)) {
            writer.text(0, tag, "```json\n" + Files.readString(file) + "```");
            events++;
        }
    }
}
