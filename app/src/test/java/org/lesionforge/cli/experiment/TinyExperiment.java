package org.lesionforge.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;

/** Experiments of seconds on one small set of phantoms, and readers of what they leave. */
final class TinyExperiment {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String network;
    private final List<TinyDataset.Row> rows;

    /** @param folder empty, receives the phantoms and what is prepared of them */
    TinyExperiment(Path folder) throws IOException {
        this(folder, "mobilenet-v2");
    }

    /** @param network of the classifiers, which also judges the generator */
    TinyExperiment(Path folder, String network) throws IOException {
        this.folder = folder;
        this.network = network;
        rows = TinyDataset.rows(TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2"));
    }

    /** Two epochs teach a generator nothing, which is accepted. */
    Invocation experiment(Path out, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--accept-bad-generator");
        return unlearned(out, options.toArray(String[]::new));
    }

    Invocation unlearned(Path out, String... more) {
        String[] tiny = {
            "experiment",
            folder.resolve("dataset").toString(),
            "--out",
            out.toString(),
            "--classifiers",
            network,
            "--size",
            "75",
            "--epochs",
            "1",
            "--batch",
            "8",
            "--gan-size",
            "16",
            "--gan-width",
            "4",
            "--gan-epochs",
            "2",
            "--gan-snapshot-every",
            "1",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    Set<String> ids(String label, String... parts) {
        Set<String> ids = new HashSet<>();
        rows.stream()
                .filter(row -> label.isEmpty() || row.label().equals(label))
                .filter(row -> List.of(parts).contains(row.part()))
                .forEach(row -> ids.add(row.id()));
        return ids;
    }

    static JsonNode results(Path of) throws IOException {
        return JSON.readTree(of.resolve("results.json").toFile());
    }

    static Path arm(Path of, String name) {
        return of.resolve("arms").resolve(name + "-seed0");
    }

    static JsonNode withoutSeconds(JsonNode results) {
        ((ObjectNode) results).remove("seconds");
        results.get("arms").forEach(arm -> ((ObjectNode) arm).remove("seconds"));
        return results;
    }
}
