package org.lesionforge.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine;

class PrepareCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void images() throws IOException {
        Random random = new Random(1);
        for (String name : List.of("benign", "malignant")) {
            Files.createDirectories(folder.resolve("source").resolve(name));
            for (int i = 0; i < 5; i++) {
                BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_3BYTE_BGR);
                image.setRGB(3, 3, random.nextInt(0xFFFFFF));
                Path file = folder.resolve("source").resolve(name).resolve(name + i + ".png");
                ImageIO.write(image, "png", file.toFile());
            }
        }
        Files.writeString(folder.resolve("source/benign/broken.jpg"), "text");
    }

    private int run(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("prepare", folder.resolve("source").toString(), "--sizes", "4,8"));
        if (!List.of(more).contains("--out")) {
            arguments.addAll(List.of("--out", folder.resolve("dataset").toString()));
        }
        arguments.addAll(List.of(more));
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments.toArray(String[]::new));
    }

    @Test
    void jsonHasTheKeysOfTheContract() throws IOException {
        assertEquals(ExitCode.DONE, run("--json", "--quiet"), err.toString());
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(10, json.get("images").asInt());
        assertEquals(5, json.get("classes").get("malignant").asInt());
        assertEquals(1, json.get("parts").get("test").get("benign").asInt());
        assertEquals(1, json.get("parts").get("validation").get("benign").asInt());
        assertEquals(3, json.get("parts").get("train").get("malignant").asInt());
        assertEquals("benign/broken.jpg", json.get("skipped").get(0).get("path").asText());
        assertTrue(json.get("skipped").get(0).get("reason").asText().contains("not an image"));
        assertEquals(0, json.get("duplicates").asInt());
        assertEquals(64, json.get("split_sha256").asText().length());
        assertEquals("", err.toString());
    }

    @Test
    void textNamesTheCountsAndWhatWasSkipped() {
        assertEquals(ExitCode.DONE, run("--validation", "0"));
        assertTrue(out.toString().contains("10 images in"), out.toString());
        assertTrue(out.toString().contains("benign/broken.jpg: not an image"), out.toString());
        assertTrue(err.toString().contains("preparing images"), err.toString());
    }

    @Test
    void missingValuesAreCounted() throws IOException {
        Path labels = folder.resolve("source/labels.csv");
        StringBuilder lines = new StringBuilder("image_id,label,patient_id\n");
        for (int i = 0; i < 5; i++) {
            lines.append("benign" + i + ",benign,NA\nmalignant" + i + ",malignant,P" + i + "\n");
        }
        Files.writeString(labels, lines);
        assertEquals(ExitCode.DONE, run("--labels", labels.toString(), "--json"), err.toString());
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(5, json.get("missing").get("patient_id").asInt());
        assertEquals(1, json.get("missing").size());
    }

    @Test
    void foldersOfPartsCanBePouredTogetherAndOneCanBeTheTest() throws IOException {
        Files.createDirectories(folder.resolve("parted"));
        Files.move(folder.resolve("source"), folder.resolve("parted/train"));
        images();
        Files.move(folder.resolve("source"), folder.resolve("parted/val"));
        Files.move(folder.resolve("parted"), folder.resolve("source"));
        assertEquals(ExitCode.UNUSABLE_INPUT, run());
        assertTrue(err.toString().contains("--part-map val=test"), err.toString());
        assertTrue(err.toString().contains("--part-column none"), err.toString());
        assertEquals(ExitCode.DONE, run("--part-map", "val=test"), err.toString());
        assertTrue(out.toString().contains("20 images in"), out.toString());
        assertEquals(
                ExitCode.DONE,
                run("--part-column", "none", "--out", folder.resolve("poured").toString()),
                err.toString());
    }

    @Test
    void labelsCanBeGivenOtherNames() throws IOException {
        Path labels = folder.resolve("source/labels.csv");
        StringBuilder lines = new StringBuilder("image_id,label\n");
        for (int i = 0; i < 5; i++) {
            lines.append("benign" + i + ",../../evil\nmalignant" + i + ",malignant\n");
        }
        Files.writeString(labels, lines);
        assertEquals(ExitCode.UNUSABLE_INPUT, run("--labels", labels.toString()));
        assertTrue(err.toString().contains("--classes evil=../../evil,malignant"), err.toString());
        assertEquals(
                ExitCode.DONE,
                run("--labels", labels.toString(), "--classes", "evil=../../evil,malignant", "--json"),
                err.toString());
        assertEquals(
                5,
                new ObjectMapper()
                        .readTree(out.toString())
                        .get("classes")
                        .get("evil")
                        .asInt());
        assertEquals(ExitCode.WRONG_USAGE, run("--classes", "a=x,b=x"));
        assertEquals(
                ExitCode.UNUSABLE_INPUT,
                run("--labels", labels.toString(), "--group-column", "none", "--metadata", "no-such.csv"));
        assertTrue(err.toString().contains("there is no table no-such.csv"), err.toString());
    }

    @Test
    void failuresHaveTheirExitCodesAndNoStackTrace() {
        assertEquals(ExitCode.DONE, run());
        assertEquals(ExitCode.UNUSABLE_INPUT, run());
        assertTrue(err.toString().contains("exists and is not empty"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(ExitCode.WRONG_USAGE, run("--test", "1.5"));
        assertEquals(ExitCode.WRONG_USAGE, run("--part-column", "split"));
        assertEquals(ExitCode.WRONG_USAGE, run("--one-hot", "A,B"));
        assertEquals(ExitCode.WRONG_USAGE, run("--fit", "stretch"));
        assertEquals(ExitCode.WRONG_USAGE, run("--part-map", "val=exam"));
        assertTrue(err.toString().contains("'exam' is not a part"), err.toString());
    }
}
