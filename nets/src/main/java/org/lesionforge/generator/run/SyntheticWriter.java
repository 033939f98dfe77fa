package org.lesionforge.generator.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionforge.data.Licences;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;

/**
 * Writes a synthetic set: {@code <class>/synthetic-<run>-<index>.png}, each with its provenance inside,
 * {@code manifest.csv}, {@code synthetic.json}, and {@code attribution.txt} when the images that the generator learned
 * from have licences. The same run, snapshot and seed give the same bytes.
 */
public final class SyntheticWriter {
    private static final int MOST_DRAWS_PER_IMAGE = 20;
    /** Minimum number of draws before giving up. */
    private static final int LEAST_DRAWS = 640;

    /** Images that are drawn, and offered to the admission, at a time. */
    private static final int BLOCK = 32;

    private static final String TASK = "drawing synthetic images";
    private static final String ATTRIBUTION = "attribution.txt";

    private final GeneratorRun run;
    private final LearnedClasses.Drawable drawn;
    private final Snapshot snapshot;
    private final Seed seed;
    private final Compute compute;
    private final Progress progress;
    private final Map<String, Object> drawing;

    /**
     * Prepares to draw; reads nothing yet.
     *
     * @param run whose licences go into every image
     * @param drawn the class of the images
     * @param snapshot what to draw from
     * @param seed image i depends on it and on i alone
     * @param compute where the generator is sent
     * @param progress receives every image; its cancellation ends the drawing between two, and the set is then
     *     incomplete
     */
    public SyntheticWriter(
            GeneratorRun run,
            LearnedClasses.Drawable drawn,
            Snapshot snapshot,
            long seed,
            Compute compute,
            Progress progress) {
        this(run, drawn, snapshot, seed, compute, progress, Map.of());
    }

    private SyntheticWriter(
            GeneratorRun run,
            LearnedClasses.Drawable drawn,
            Snapshot snapshot,
            long seed,
            Compute compute,
            Progress progress,
            Map<String, Object> drawing) {
        this.run = run;
        this.drawn = drawn;
        this.snapshot = snapshot;
        this.seed = new Seed(seed);
        this.compute = compute;
        this.progress = progress;
        this.drawing = drawing;
    }

    /**
     * Prepares to draw images of the one class of a run, with {@link Progress#SILENT}; reads nothing yet.
     *
     * @param run whose class and licences go into every image
     * @param snapshot what to draw from
     * @param seed image i depends on it and on i alone
     * @param compute where the generator is sent
     */
    public SyntheticWriter(GeneratorRun run, Snapshot snapshot, long seed, Compute compute) {
        this(run, run.config().learned().drawn(Optional.empty()), snapshot, seed, compute, Progress.SILENT);
    }

    /**
     * The same, drawn otherwise than the run was configured; every image says so.
     *
     * @param values by the names of the family's options that concern drawing alone: {@code steps}
     * @return a copy
     * @throws IllegalArgumentException when the family has no such option, or a value is outside its range
     */
    public SyntheticWriter drawing(Map<String, Object> values) {
        GeneratorSpec<?> options = run.config().options();
        for (String name : values.keySet()) {
            if (!options.has(name)) {
                throw new IllegalArgumentException(
                        "--" + name + " is not an option of " + options.family() + ", the family of " + run.folder());
            }
        }
        options.with(values);
        return new SyntheticWriter(run, drawn, snapshot, seed.value(), compute, progress, new TreeMap<>(values));
    }

    /**
     * Writes images 0 … {@code count} − 1.
     *
     * @param folder that is not there yet or is empty
     * @param name stands for the run in the file names
     * @param count images to write
     * @throws UnusableInputException when {@code folder} already holds something, or the run has no such snapshot
     * @throws IOException when a file cannot be written; the set is not whole then
     */
    public void write(Path folder, String name, int count) throws IOException {
        write(folder, name, count, new AllImages());
    }

    /** Which of the drawn images may be written. */
    public interface Admission {
        /**
         * Called for consecutive draws, from the first on.
         *
         * @param images the next ones
         * @return for each image, whether it may be written
         */
        boolean[] admits(List<RgbImage> images);

        /** {@return what the images offered so far were turned away for, and what to do about it: where too few were admitted} */
        String turnedAway();
    }

    private record AllImages() implements Admission {
        @Override
        public boolean[] admits(List<RgbImage> images) {
            boolean[] all = new boolean[images.size()];
            Arrays.fill(all, true);
            return all;
        }

        @Override
        public String turnedAway() {
            return "and none was turned away";
        }
    }

    /**
     * As {@link #write(Path, String, int)}, leaving out images that are not admitted: further ones are drawn in their place, so the indices
     * in the names have gaps.
     *
     * @param folder that is not there yet or is empty
     * @param name stands for the run in the file names
     * @param count images to write
     * @param admission called with some images at a time, before any of them is written
     * @return how many were drawn, up to the last one written
     * @throws UnusableInputException as above
     * @throws NotAdmittedException when fewer than one in {@value #MOST_DRAWS_PER_IMAGE} is admitted; the set is not whole then
     * @throws IOException when a file cannot be written; the set is not whole then
     */
    public int write(Path folder, String name, int count, Admission admission) throws IOException {
        OutputFolder.requireFree(folder);
        // Before the folder is made, so that a missing snapshot leaves nothing behind.
        try (Sampler sampler = run.sampler(snapshot, run.config().options().with(drawing), compute);
                FolderLock lock = FolderLock.create(folder, "drawing images into")) {
            return lock.run(() -> draw(sampler, folder, name, count, admission));
        }
    }

    private int draw(Sampler sampler, Path folder, String name, int count, Admission admission) throws IOException {
        String className = drawn.name();
        Licences licences = run.licences();
        String generator = Sha256.of(run.snapshotFile(snapshot));
        List<RgbImage> images = List.of();
        boolean[] admitted = {};
        Map<Integer, String> written = new LinkedHashMap<>();
        int i = 0;
        for (; written.size() < count; i++) {
            progress.cancellation().throwIfRequested(TASK, written.size(), count);
            if (i % BLOCK == 0) {
                requireWorthwhile(written.size(), i, admission);
                images = sampler.images(seed.of("samples"), i, BLOCK, drawn.label());
                admitted = admission.admits(images);
            }
            if (!admitted[i % BLOCK]) {
                continue;
            }
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("Description", "synthetic image, class " + className + "; not a photograph of a patient");
            texts.put("Software", "Lesionforge");
            StringBuilder source = new StringBuilder("run " + name + ", " + snapshot + ", seed " + seed.value());
            drawing.forEach((option, value) -> source.append(", " + option + " " + value));
            texts.put("Source", source + ", index " + i);
            texts.put(SyntheticManifest.GENERATOR_TEXT, generator);
            if (!licences.names().isEmpty()) {
                texts.put("Copyright", "made from images under " + licences.names() + "; see " + ATTRIBUTION);
            }
            written.put(
                    i,
                    PngWriter.write(
                            images.get(i % BLOCK), texts, OutputFolder.inside(folder, path(className, name, i))));
            progress.advance(TASK, written.size(), count, "");
        }
        if (!licences.names().isEmpty()) {
            AtomicFile.writeString(folder.resolve(ATTRIBUTION), attribution(className, generator, licences));
        }
        String manifest = AtomicFile.writeHashed(folder.resolve(SyntheticManifest.MANIFEST), out -> {
            try (CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                csv.writeRecord(
                        "path",
                        "class",
                        "run",
                        "snapshot",
                        "seed",
                        "index",
                        "generator_sha256",
                        "licences",
                        "attribution",
                        SyntheticManifest.SHA256);
                for (Map.Entry<Integer, String> image : written.entrySet()) {
                    int index = image.getKey();
                    csv.writeRecord(
                            path(className, name, index),
                            className,
                            name,
                            Integer.toString(snapshot.epoch()),
                            Long.toString(seed.value()),
                            Integer.toString(index),
                            generator,
                            licences.names(),
                            licences.names().isEmpty() ? "" : ATTRIBUTION,
                            image.getValue());
                }
            }
        });
        // Last, because it marks the set as complete.
        Json.write(
                folder.resolve(SyntheticManifest.SEAL),
                new SyntheticManifest.Seal(SyntheticManifest.Seal.FORMAT_VERSION, className, written.size(), manifest));
        return i;
    }

    private void requireWorthwhile(int written, int drawn, Admission admission) {
        if (drawn >= LEAST_DRAWS && drawn > (long) MOST_DRAWS_PER_IMAGE * written) {
            throw new NotAdmittedException("of " + drawn + " images drawn from " + snapshot + " of " + run.folder()
                    + " only " + written + " may be used, " + admission.turnedAway());
        }
    }

    private static String attribution(String className, String generator, Licences licences) {
        return "Synthetic images, class " + className + ". Their generator (SHA-256 " + generator
                + ") learned from images of these licences and owners, with their number:\n\n" + licences.text();
    }

    private static String path(String className, String name, int index) {
        return className + "/" + String.format(Locale.ROOT, "synthetic-%s-%05d.png", name, index);
    }
}
