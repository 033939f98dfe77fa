package org.lesionforge.cli.isic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.isic.StandInArchive;

class IsicCommandTest {
    @TempDir
    Path folder;

    private StandInArchive archive;

    @BeforeEach
    void start() throws IOException {
        archive = new StandInArchive(120);
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private Invocation isic(String command, String... more) {
        return Invocation.of(new String[] {"isic", command, "--archive", archive.address(), "--quiet"}, more);
    }

    @Test
    void searchSaysWhatThereIs() throws IOException {
        String text = isic("search", "diagnosis_1:*", "--rows", "1").succeeds().out();
        assertTrue(text.contains("108 images, about 0.") && text.contains("Malignant                      36"), text);
        assertTrue(text.contains("ISIC_0000119  CC-BY-NC  Indeterminate  -  dermoscopic"), text);
        JsonNode json =
                new ObjectMapper().readTree(isic("search", "--json").succeeds().out());
        assertEquals(120, json.get("count").asInt());
        assertEquals("diagnosis_1", json.at("/facets/0/field").asText());
        assertEquals("ISIC_0000119", json.at("/images/0/id").asText());
    }

    @Test
    void fromNothingToAPreparedDataSet() throws IOException {
        Path images = folder.resolve("images");
        JsonNode json = new ObjectMapper()
                .readTree(isic("fetch", "image_type:dermoscopic", "--out", images.toString(), "--json", "--thumbnails")
                        .succeeds()
                        .out());
        assertEquals(120, json.get("images").asInt());
        assertEquals(120, json.get("downloaded").asInt());
        assertEquals(40, json.at("/licences/CC-BY-NC").asInt());
        assertTrue(isic("fetch", "image_type:dermoscopic", "--out", images.toString(), "--thumbnails")
                .succeeds()
                .out()
                .contains("0 of them downloaded now"));

        Path data = folder.resolve("data");
        JsonNode prepared = new ObjectMapper()
                .readTree(
                        Invocation.of("prepare", images.toString(), "--out", data.toString(), "--sizes", "8", "--json")
                                .succeeds()
                                .out());
        assertEquals(60, prepared.at("/classes/benign").asInt());
        assertEquals(36, prepared.at("/classes/malignant").asInt());
        // 12 Indeterminate, 12 without a diagnosis.
        assertEquals(24, prepared.get("skipped").size());
        List<String> rows = Files.readAllLines(data.resolve("images.csv"));
        assertTrue(rows.get(0).contains("copyright_license,attribution"), rows.get(0));
    }

    @Test
    void failuresHaveTheirExitCodes() {
        isic("search", "no query").fails(ExitCode.UNUSABLE_INPUT, "Could not parse search query.");
        String out = folder.resolve("out").toString();
        isic("fetch", "--out", out, "--license", "MIT").fails(ExitCode.WRONG_USAGE, "CC-BY-NC", "MIT");
        isic("fetch", "--out", out, "--max-bytes", "lots").fails(ExitCode.WRONG_USAGE, "1.5GB", "lots");
        isic("fetch", "--out", out, "--limit", "5", "--per-class", "5").fails(ExitCode.WRONG_USAGE, "--per-class");
        Invocation.of("isic", "search", "--archive", "ftp://x").fails(ExitCode.WRONG_USAGE, "ftp://x");
        archive.close();
        isic("search").fails(ExitCode.MISSING_REQUIREMENT, "no connection", archive.address());
    }
}
