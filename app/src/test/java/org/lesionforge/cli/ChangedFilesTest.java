package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.json.Json;

/** A data set or a set of drawn images that was changed is refused by every command that opens it. */
final class ChangedFilesTest {
    @TempDir
    static Path folder;

    private static Path dataset;
    private static Path run;

    @BeforeAll
    static void prepareOnce() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        run = folder.resolve("run");
        Invocation.of(train("run", "--epochs", "1")).succeeds();
    }

    private static String[] train(String out, String... more) {
        List<String> arguments = List.of(
                "gan", "train", dataset + "", "--class", "malignant", "--out", folder.resolve(out) + "", "--quiet");
        List<String> small = List.of("--size", "16", "--width", "4", "--batch", "4");
        return java.util.stream.Stream.of(arguments, small, List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private static String out(String name) {
        return folder.resolve(name).toString();
    }

    /** Every command that opens a data set, and reads its pixels. */
    private static List<String[]> commands(Path unfinished) {
        String data = dataset.toString();
        return List.of(
                train("none"),
                train("none", "--dry-run"),
                new String[] {"gan", "resume", unfinished.toString(), "--quiet"},
                new String[] {"audit", data, "--quiet"},
                new String[] {"classify", "train", data, "--out", out("none"), "--size", "75", "--quiet"},
                new String[] {
                    "experiment", data, "--out", out("none"), "--size", "75", "--gan-size", "16", "--dry-run", "--quiet"
                },
                new String[] {"experiment", data, "--out", out("none"), "--size", "75", "--gan-size", "16", "--quiet"});
    }

    private static void areRefused(Path changed, List<String[]> commands) throws IOException {
        for (String[] command : commands) {
            Invocation.of(command)
                    .fails(ExitCode.UNUSABLE_INPUT, changed.toString(), "SHA-256 does not match", "run prepare again");
            assertEquals(false, Files.exists(folder.resolve("none")), "what cannot begin leaves nothing behind");
        }
    }

    private static Path unfinished(String name) throws IOException {
        Path unfinished = folder.resolve(name);
        Invocation.of(train(name, "--epochs", "1")).succeeds();
        Files.delete(unfinished.resolve("best.json"));
        return unfinished;
    }

    @Test
    void anEditedTableIsRefusedByEveryCommand() throws IOException {
        Path unfinished = unfinished("unfinished-table");
        Path table = dataset.resolve("images.csv");
        String before = Files.readString(table);
        Files.writeString(table, before.replaceFirst(",train,", ",test,"));
        areRefused(table, commands(unfinished));
        Invocation.of("evaluate", dataset + ":train", dataset + ":test", "--metrics", "fid")
                .fails(ExitCode.UNUSABLE_INPUT, table.toString(), "SHA-256 does not match");
        Files.writeString(table, before);
    }

    @Test
    void aChangedPixelIsRefusedByEveryCommandThatReadsIt() throws IOException {
        Path unfinished = unfinished("unfinished-pixels");
        for (int side : new int[] {16, 75}) {
            Path pixels = dataset.resolve("pixels-" + side + ".npy");
            byte[] before = Files.readAllBytes(pixels);
            byte[] other = before.clone();
            other[other.length - 7] ^= 1;
            Files.write(pixels, other);
            areRefused(
                    pixels,
                    commands(unfinished).stream()
                            .filter(command ->
                                    command[0].equals("experiment") || side == (command[0].equals("gan") ? 16 : 75))
                            .toList());
            Files.write(pixels, before);
        }
    }

    @Test
    void aDataSetOfVersion01IsTakenWithOneWarning() throws IOException {
        Path json = dataset.resolve("dataset.json");
        String before = Files.readString(json);
        ObjectNode old = (ObjectNode) Json.readTree(json);
        old.remove("sha256");
        Files.writeString(json, Json.pretty(old));
        Invocation trained = Invocation.of(train("from-old", "--epochs", "1")).succeeds();
        Files.writeString(json, before);
        assertEquals(
                1,
                trained.err()
                        .lines()
                        .filter(line -> line.startsWith("warning:"))
                        .count(),
                trained.err());
        assertEquals(true, trained.err().contains("version 0.1"), trained.err());
    }

    @Test
    void aSetOfImagesThatWasNotDrawnToItsEndIsRefused() throws IOException {
        Path set = folder.resolve("set");
        Invocation.of("gan", "sample", run.toString(), "--count", "3", "--out", set.toString(), "--quiet")
                .succeeds();
        Path real = folder.resolve("phantoms/benign");
        Files.delete(set.resolve("synthetic.json"));
        Files.delete(set.resolve("manifest.csv"));
        for (Path fake : List.of(set, set.resolve("malignant"))) {
            Invocation.of("evaluate", real.toString(), fake.toString(), "--metrics", "fid", "--quiet")
                    .fails(ExitCode.UNUSABLE_INPUT, set.toString(), "no manifest.csv", "gan sample");
        }
        Invocation.of(
                        "classify",
                        "train",
                        dataset.toString(),
                        "--out",
                        out("none"),
                        "--size",
                        "75",
                        "--add",
                        set.toString(),
                        "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, set.toString(), "no manifest.csv", "gan sample");
    }
}
