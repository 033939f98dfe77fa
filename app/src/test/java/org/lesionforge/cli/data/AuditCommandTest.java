package org.lesionforge.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

class AuditCommandTest {
    @TempDir
    Path folder;

    @Test
    void answersWithItsExitCodeWhetherPartsOverlap() throws Exception {
        Path source = folder.resolve("source");
        Phantoms.write(source, new PhantomOptions(8, 8, 0, 64, 1), Progress.SILENT);
        String clean = prepare(source, "clean");
        Invocation fine = Invocation.of("audit", clean, "--quiet");
        assertEquals(ExitCode.DONE, fine.exitCode(), fine.err());
        assertTrue(fine.out().contains("parts do not overlap"), fine.out());
        assertTrue(fine.out().contains("border colour"), fine.out());

        // The same picture under other names, so that some are on both sides whatever the seed: folders are the parts.
        Path parts = folder.resolve("parts");
        for (String part : new String[] {"train", "test"}) {
            for (String label : new String[] {"benign", "malignant"}) {
                Path target = Files.createDirectories(parts.resolve(part).resolve(label));
                String letter = label.equals("benign") ? "B" : "M";
                int first = part.equals("train") ? 0 : 4;
                for (int i = first; i < first + 4; i++) {
                    Files.copy(
                            source.resolve(label).resolve("PL_" + letter + "00000" + i + "_0.png"),
                            target.resolve(i + ".png"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.copy(parts.resolve("train/benign/0.png"), parts.resolve("test/benign/copy.png"));
        Path out = folder.resolve("audit");
        Invocation leak =
                Invocation.of("audit", prepare(parts, "leaking"), "--quiet", "--json", "--out", out.toString());
        assertEquals(ExitCode.FAILURE, leak.exitCode(), leak.err());
        JsonNode audit = Json.readTree(out.resolve("audit.json"));
        assertEquals(1, audit.path("copies").path("across_parts").asInt());
        assertEquals("leak", audit.path("findings").path(0).path("level").asText());
        assertTrue(leak.out().contains("\"parts_overlap\" : true"), leak.out());
        assertTrue(Files.exists(out.resolve("copies.png")));
    }

    private String prepare(Path source, String name) {
        String out = folder.resolve(name).toString();
        Invocation prepared = Invocation.of(
                "prepare", source.toString(), "--out", out, "--sizes", "64", "--validation", "0", "--quiet");
        assertEquals(ExitCode.DONE, prepared.exitCode(), prepared.err());
        return out;
    }
}
