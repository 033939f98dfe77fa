package org.lesionforge.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.io.json.Json;

/** On the machine of the tests, which has all that is needed. */
final class DoctorCommandTest {
    @Test
    void namesWhatIsThereAndWhatToDo() {
        String text = Invocation.of("doctor").succeeds().out();
        assertTrue(text.lines().anyMatch(line -> line.startsWith("ok       java ")), text);
        assertTrue(text.contains("weights fetch fid"), text);
    }

    @Test
    void jsonHasEveryCheck(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("doctor.json"),
                Invocation.of("doctor", "--json").succeeds().out());
        JsonNode result = Json.readTree(file);
        assertTrue(result.get("complete").asBoolean());
        List<String> checks = StreamSupport.stream(result.get("findings").spliterator(), false)
                .map(finding -> finding.get("check").asText())
                .toList();
        assertTrue(
                checks.containsAll(List.of(
                        "java",
                        "memory",
                        "locale",
                        "threads",
                        "javacpp",
                        "libtorch",
                        "openblas",
                        "jpeg",
                        "natives",
                        "libtorch load",
                        "jpeg load",
                        "gpu",
                        "weights inception-v3-imagenet",
                        "weights fid",
                        "cache",
                        "natives cache",
                        "disk here",
                        "disk of the cache")),
                checks.toString());
        JsonNode libtorch = finding(result, "libtorch");
        // The jar of the CPU's natives for Linux holds 363 MB of libraries, 0.3 of them not unpacked.
        assertTrue(libtorch.at("/facts/bytes").asLong() > 50_000_000, libtorch.toString());
        assertEquals(
                libtorch.at("/facts/waiting_bytes").asLong() == 0 ? "ok" : "note",
                libtorch.get("state").asText());
        JsonNode natives = finding(result, "natives");
        assertTrue(
                natives.at("/facts/bytes").asLong()
                        > libtorch.at("/facts/bytes").asLong(),
                natives.toString());
        assertTrue(natives.at("/facts/folder").isTextual());
        assertEquals(
                natives.at("/facts/waiting_bytes").asLong() == 0,
                natives.at("/facts/unpacked").asBoolean());
        JsonNode load = finding(result, "libtorch load");
        assertEquals("ok", load.get("state").asText(), load.toString());
        assertTrue(load.at("/facts/loaded").asBoolean());
        assertTrue(
                load.at("/facts/version").asText().matches("\\d+\\.\\d+.*; (cpu, \\d+ threads|cuda)"), load.toString());
    }

    private static JsonNode finding(JsonNode result, String check) {
        return StreamSupport.stream(result.get("findings").spliterator(), false)
                .filter(finding -> finding.get("check").asText().equals(check))
                .findFirst()
                .orElseThrow();
    }
}
