package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Provenance;
import org.lesionforge.run.RunLayout;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;
import org.lesionforge.training.ComputedKey;

/** What an experiment was computed on is in its files, and what it continues on when it is resumed. */
final class ExperimentPrecisionTest {
    private static final Computed HALF = new Computed("cpu", Precision.BFLOAT16);
    private static final Computed FULL = new Computed("cpu", Precision.FLOAT32);

    @TempDir
    Path folder;

    @Test
    void itIsRecordedAndKept() throws IOException {
        Path dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        Path run = folder.resolve("run");
        RunLayout layout = new RunLayout(run);
        Invocation.of(
                        "experiment",
                        dataset.toString(),
                        "--out",
                        run.toString(),
                        "--resume",
                        "--arms=none",
                        "--size=75",
                        "--epochs=1",
                        "--batch=8",
                        "--no-models",
                        "--precision=bfloat16",
                        "--device=cpu",
                        "--quiet")
                .succeeds();
        assertEquals(HALF, recorded(layout.config()));
        assertEquals(HALF, recorded(layout.arms().resolve("none-seed0/config.json")));
        assertEquals(
                "bfloat16", Provenance.read(layout.provenance()).precision().orElseThrow());
        assertTrue(Files.readString(run.resolve("report.html")).contains("trained in bfloat16"));

        // An arm that is added learns as the first.
        Invocation kept = resume(run, "--arms=none,none+class-weights", "--device=cpu");
        assertTrue(kept.err().contains("this run continues in bfloat16, as it began"), kept.err());
        assertTrue(Files.readString(run.resolve("log.txt")).contains("this run continues in bfloat16, as it began"));
        assertEquals(HALF, recorded(layout.config()));
        assertEquals(HALF, recorded(layout.arms().resolve("none+class-weights-seed0/config.json")));

        // Another precision is named in the log, and what is finished stays.
        Invocation other =
                resume(run, "--precision=float32", "--device=cpu", "--arms=none,none+class-weights,oversample");
        String change = "computed on cpu in bfloat16 so far; it continues on cpu in float32, as --precision says";
        assertTrue(other.err().contains(change), other.err());
        assertTrue(Files.readString(run.resolve("log.txt")).contains(change));
        assertEquals(FULL, recorded(layout.config()));
        assertEquals(HALF, recorded(layout.arms().resolve("none-seed0/config.json")));
        assertEquals(FULL, recorded(layout.arms().resolve("oversample-seed0/config.json")));
        assertTrue(Files.readString(run.resolve("report.html")).contains("trained in bfloat16 and in float32"));
        assertEquals("float32", Provenance.read(layout.provenance()).precision().orElseThrow());

        // As earlier versions left it.
        ObjectNode config = (ObjectNode) Json.readTree(layout.config());
        config.remove(ComputedKey.NAME);
        Files.writeString(layout.config(), Json.pretty(config));
        Invocation old = resume(run, "--device=cpu");
        assertFalse(old.err().contains("so far"), old.err());
        assertEquals(FULL, recorded(layout.config()));
    }

    private static Computed recorded(Path config) {
        return ComputedKey.read(config).orElseThrow();
    }

    private static Invocation resume(Path run, String... more) {
        return Invocation.of(new String[] {"experiment", "--out", run.toString(), "--resume"}, more)
                .succeeds();
    }
}
