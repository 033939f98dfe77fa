package org.lesionforge.bench.fuzz.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.JsonMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.mutation.TextMutations;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.StrictJson;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.io.Sha256;

/** One file of a prepared data set: {@code dataset.json}, {@code images.csv}. */
final class DatasetKind implements Kind {
    /** Keys that data sets of older versions do not have. */
    private static final Set<String> OPTIONAL = Set.of("sha256", "decode");

    private final Path dataset;
    private final String file;
    private final byte[] sound;

    DatasetKind(Path folder, String file) throws IOException {
        this.file = file;
        dataset = folder.resolve("dataset");
        PreparedImages.write(folder.resolve("source"));
        PreparedImages.prepare(folder.resolve("source"), dataset);
        sound = Files.readAllBytes(dataset.resolve(file));
    }

    private boolean isTable() {
        return file.endsWith(".csv");
    }

    @Override
    public List<Sample> samples() {
        return List.of(new Sample(file, sound));
    }

    @Override
    public List<Mutation> mutations() {
        List<Mutation> mutations = new ArrayList<>(isTable() ? TextMutations.ALL : JsonMutations.ALL);
        mutations.addAll(ByteMutations.ALL);
        return mutations;
    }

    /** All values that can be read from it. */
    @Override
    public String value(String name, byte[] bytes) throws Exception {
        Files.write(dataset.resolve(file), bytes);
        Dataset opened = Dataset.open(dataset);
        Dataset.Manifest manifest = opened.manifest();
        List<Object> values = new ArrayList<>(Arrays.asList(
                manifest.classes(),
                manifest.sizes(),
                manifest.fit(),
                manifest.decode(),
                manifest.source(),
                manifest.images(),
                manifest.skipped(),
                manifest.split(),
                opened.images()));
        for (LabelledImages part : List.of(opened.training(), opened.validation(), opened.test())) {
            values.add(pixels(part));
        }
        return values.toString();
    }

    private static String pixels(LabelledImages part) {
        List<String> values = new ArrayList<>();
        byte[] pixels = new byte[3 * PreparedImages.SIDE * PreparedImages.SIDE];
        for (int i = 0; i < part.size(); i++) {
            part.read(i, PreparedImages.SIDE, pixels, 0);
            values.add(
                    part.id(i) + " " + part.label(i) + " " + Sha256.of(pixels).substring(0, 16));
        }
        return (part instanceof HeldOutPart ? "held out " : "") + values;
    }

    /**
     * The manifest holds the table's checksum, so no change of the table is valid. The manifest itself has no checksum,
     * but must be consistent with the rest.
     */
    @Override
    public Verdict reference(Sample sample, byte[] bytes) throws IOException {
        if (isTable()) {
            return Arrays.equals(bytes, sound) ? Verdict.UNKNOWN : Verdict.refuses("another SHA-256");
        }
        try {
            JsonNode before = StrictJson.read(sound);
            JsonNode found = StrictJson.read(bytes);
            StrictJson.requireForm(before, found, "", OPTIONAL);
            for (String key : List.of("format_version", "images", "sizes")) {
                if (!before.get(key).equals(found.get(key))) {
                    return Verdict.refuses(key + " does not fit to the other files");
                }
            }
            if (!before.at("/split/sha256").equals(found.at("/split/sha256"))) {
                return Verdict.refuses("another split");
            }
            return Verdict.UNKNOWN;
        } catch (DamagedException e) {
            return Verdict.refuses(e.getMessage());
        }
    }
}
