package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** Names of files as they come: any bytes, any locale, any length of the way home. */
final class NamesTest {
    @TempDir
    Path folder;

    private final Random random = new Random(5);

    private void image(Path file) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, random.nextInt(0xFFFFFF));
        }
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    /** Two classes of five images. */
    private Path source() throws IOException {
        for (String name : List.of("benign", "malignant")) {
            for (int i = 0; i < 5; i++) {
                image(folder.resolve("source/" + name + "/" + i + ".png"));
            }
        }
        return folder.resolve("source");
    }

    private Invocation prepare(Path source, String... more) {
        String[] all = {"prepare", source.toString(), "--out", out().toString(), "--sizes", "8"};
        return Invocation.of(all, more);
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** Runs the program as it is started without the launcher. */
    private Invocation inPosixLocale(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(out.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Invocation(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void namesThatAreNotUtf8HaveIdsOfTheirOwn() throws IOException {
        Path source = source();
        Path bad = Path.of(URI.create(source.resolve("benign").toUri() + "bad%FF.png"));
        try {
            image(bad);
        } catch (IOException | InvalidPathException e) {
            Assumptions.abort("only Unicode names here: " + e.getMessage());
        }
        image(Path.of(URI.create(source.resolve("benign").toUri() + "bad%FE.png")));
        image(source.resolve("benign/bad%FF.png"));
        JsonNode json =
                new ObjectMapper().readTree(prepare(source, "--json").succeeds().out());
        assertEquals(13, json.get("images").asInt());
        Set<String> ids = new HashSet<>();
        Files.readAllLines(out().resolve("images.csv")).forEach(line -> ids.add(line.split(",", 2)[0]));
        assertEquals(14, ids.size());
        assertTrue(
                ids.containsAll(List.of("benign/bad%FF.png", "benign/bad%FE.png", "benign/bad%25FF.png")),
                ids.toString());
    }

    @Test
    void controlCharactersOfNamesNeverReachTheTerminal() throws IOException {
        Path source = source();
        Files.writeString(source.resolve("benign/a\u001B[2J\nb.png"), "text");
        Invocation text = prepare(source).succeeds();
        assertTrue(text.out().contains("benign/a\\u001B[2J%0Ab.png: "), text.out());
        assertFalse((text.out() + text.err()).contains("\u001B"), "escaped");
        JsonNode json = new ObjectMapper()
                .readTree(Invocation.of("prepare", source.toString(), "--json", "--sizes", "8", "--out", out() + "2")
                        .succeeds()
                        .out());
        assertEquals(
                "benign/a\u001B[2J%0Ab.png",
                json.get("skipped").get(0).get("path").asText());
        Invocation.of("prepare", folder + "/no\u001Bne", "--out", out() + "3")
                .fails(ExitCode.UNUSABLE_INPUT, "/no\\u001Bne");
    }

    @Test
    void otherFilesAreCounted() throws IOException {
        Path source = source();
        Files.writeString(source.resolve("benign/notes.txt"), "text");
        Files.writeString(source.resolve("README"), "text");
        Invocation json = prepare(source, "--json").succeeds();
        JsonNode result = new ObjectMapper().readTree(json.out());
        assertEquals(2, result.get("other_files").asInt());
        assertEquals(0, result.get("skipped").size());
        assertTrue(json.err().contains("2 other files passed over"), json.err());
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void withoutUtf8NamesOutsideAsciiAreRefusedBeforeAnythingIsWritten() throws IOException, InterruptedException {
        Path source = source();
        String[] arguments = {"prepare", source.toString(), "--out", out().toString(), "--sizes", "8", "--quiet"};
        String[] other = arguments.clone();
        other[3] = folder.resolve("ascii").toString();
        assertEquals(ExitCode.DONE, inPosixLocale(other).exitCode());

        image(source.resolve("benign/ä.png"));
        inPosixLocale(arguments).fails(ExitCode.MISSING_REQUIREMENT, "locale C,", "LC_ALL=C.UTF-8");
        assertFalse(Files.exists(out()));

        inPosixLocale("prepare", "köln", "--out", out().toString())
                .fails(ExitCode.MISSING_REQUIREMENT, "locale C,", "LC_ALL=C.UTF-8");
        Files.delete(source.resolve("benign/ä.png"));
        Path table = Files.writeString(folder.resolve("labels.csv"), "path,label\nbenign/ä.png,x\n");
        String[] labelled = Arrays.copyOf(arguments, arguments.length + 2);
        labelled[arguments.length] = "--labels";
        labelled[arguments.length + 1] = table.toString();
        inPosixLocale(labelled).fails(ExitCode.MISSING_REQUIREMENT, "locale C,", "LC_ALL=C.UTF-8");
        assertFalse(Files.exists(out()));
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void withoutUtf8ResultsAreWrittenInItAllTheSame() throws IOException, InterruptedException {
        Path source = source();
        StringBuilder lines = new StringBuilder("image_id,label\n");
        for (int i = 0; i < 5; i++) {
            Files.move(source.resolve("malignant/" + i + ".png"), source.resolve("malignant/m" + i + ".png"));
            lines.append(i).append(",nävus\nm").append(i).append(",névus\n");
        }
        String table = Files.writeString(folder.resolve("labels.csv"), lines).toString();
        Invocation result = inPosixLocale(
                "prepare", source.toString(), "--labels", table, "--out", out().toString(), "--sizes", "8", "--json");
        JsonNode classes = new ObjectMapper().readTree(result.succeeds().out()).get("classes");
        assertEquals(5, classes.get("nävus").asInt());
        assertEquals(5, classes.get("névus").asInt());
    }

    @Test
    void anotherUsersHomeIsWrongUsage() throws IOException {
        Path source = source();
        Invocation.of("prepare", source.toString(), "--out=~nobody/x").fails(ExitCode.WRONG_USAGE, "./~nobody/x");
        Invocation.of("evaluate", source.toString(), "~nobody/x").fails(ExitCode.WRONG_USAGE, "./~nobody/x");
        Invocation.of("compare", "~nobody/x", "b").fails(ExitCode.WRONG_USAGE, "./~nobody/x");
    }

    @Test
    void aTildeIsTheHomeFolderInEveryPath() {
        String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
        String missing = "~/no-such-folder-of-lesionforge";
        String expanded = home + missing.substring(1);
        Invocation.of("prepare", missing, "--out", out().toString()).fails(ExitCode.UNUSABLE_INPUT, expanded);
        Invocation.of("prepare", folder.toString(), "--labels=" + missing, "--out", out().toString())
                .fails(ExitCode.UNUSABLE_INPUT, expanded);
        Invocation.of("evaluate", missing + ":train", missing).fails(ExitCode.UNUSABLE_INPUT, expanded + ":train");
        Invocation.of("report", missing).fails(ExitCode.UNUSABLE_INPUT, expanded);
    }
}
