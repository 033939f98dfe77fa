package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** What can go wrong: each case has its exit code, says what is wrong and what to do, and is found before anything is written. */
final class FailuresTest {
    @TempDir
    static Path folder;

    private static String dataset;

    @BeforeAll
    static void prepareOnce() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2")
                .toString();
    }

    private static Invocation experiment(String data, String... more) {
        String[] tiny = {
            "experiment",
            data,
            "--out",
            folder.resolve("out").toString(),
            "--epochs",
            "1",
            "--batch",
            "8",
            "--gan-width",
            "4",
            "--gan-epochs",
            "1",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    /** As {@link #experiment}, on the usual data set at sizes that it has. */
    private static Invocation sound(String... more) {
        String[] sizes = {"--size", "75", "--gan-size", "16"};
        return experiment(
                dataset, Stream.concat(Stream.of(sizes), Stream.of(more)).toArray(String[]::new));
    }

    private static void leavesNothing() {
        assertFalse(Files.exists(folder.resolve("out")), "what cannot begin leaves nothing behind");
    }

    @Test
    void sizesThatTheDataSetLacksAreFoundBeforeAnythingIsTrained() {
        experiment(dataset, "--size", "80", "--gan-size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, "80×80", "[16, 75]", "--sizes 80");
        experiment(dataset, "--size", "75", "--gan-size", "32")
                .fails(ExitCode.UNUSABLE_INPUT, "32×32", "[16, 75]", "--sizes 32", "GAN");
        experiment(dataset, "--size", "75", "--gan-size", "32", "--dry-run").fails(ExitCode.UNUSABLE_INPUT, "32×32");
        Invocation.of("gan", "train", dataset, "--class", "malignant", "--out", out(), "--size", "32", "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "32×32", "--sizes 32");
        leavesNothing();
    }

    private static String out() {
        return folder.resolve("out").toString();
    }

    @Test
    void valuesOutOfRangeAreWrongUsage() {
        sound("--epochs", "0").fails(ExitCode.WRONG_USAGE, "--epochs");
        experiment(dataset, "--size", "74").fails(ExitCode.WRONG_USAGE, "at least 75 pixels, got 74");
        experiment(dataset, "--gan-size", "100").fails(ExitCode.WRONG_USAGE, "one of [16, 32, 64", "100");
        sound("--gan-kernel", "3").fails(ExitCode.WRONG_USAGE, "4 or 5, got 3");
        sound("--synthetic", "0").fails(ExitCode.WRONG_USAGE, "at least 1, got 0");
        sound("--arms", "none,none").fails(ExitCode.WRONG_USAGE, "none");
        sound("--freeze").fails(ExitCode.WRONG_USAGE, "--weights");
        Invocation.of("gan", "train", dataset, "--class", "malignant", "--out", out(), "--batch", "1")
                .fails(ExitCode.WRONG_USAGE, "batch", "got 1");
        leavesNothing();
    }

    @Test
    void unknownWordsAreWrongUsageAndNameTheHelp() {
        sound("--protocl", "paper").fails(ExitCode.WRONG_USAGE, "--protocl", "--protocol", "experiment --help");
        sound("--protocol", "lenient").fails(ExitCode.WRONG_USAGE, "lenient", "paper or strict");
        sound("--arms", "gan")
                .fails(ExitCode.WRONG_USAGE, "there is no source 'gan'", "SOURCE one of none, oversample");
        sound("--metric-weights", "x", "--features", "5").fails(ExitCode.WRONG_USAGE, "2048", "got 5");
        sound("--resize", "cubic").fails(ExitCode.WRONG_USAGE, "clean, got 'cubic'");
        Invocation.of("prepare", "x", "--out", "y", "--spanning", "ignore")
                .fails(ExitCode.WRONG_USAGE, "leave-out", "ignore");
        Invocation.of("experiment").fails(ExitCode.WRONG_USAGE, "DATASET", "--out");
        Invocation.of("experimnt", dataset).fails(ExitCode.WRONG_USAGE, "experiment");
        leavesNothing();
    }

    @Test
    void weightsThatAreMissingOrSomethingElseAreFoundFirst() throws IOException {
        String missing = folder.resolve("none.safetensors").toString();
        sound("--weights", missing).fails(ExitCode.MISSING_REQUIREMENT, missing, "leave the option out");
        sound("--metric-weights", missing).fails(ExitCode.MISSING_REQUIREMENT, missing);
        Path text = folder.resolve("text.safetensors");
        Files.writeString(text, "these are no weights, whatever the name says");
        sound("--weights", text.toString()).fails(ExitCode.UNUSABLE_INPUT, text.toString(), "safetensors");
        sound("--metric-weights", text.toString()).fails(ExitCode.UNUSABLE_INPUT, text.toString());
        sound("--features", "768").fails(ExitCode.WRONG_USAGE, "--metric-weights");
        leavesNothing();
    }

    @Test
    void classesThatTheDataSetLacksAreNamed() {
        Invocation.of("gan", "train", dataset, "--class", "melanoma", "--out", out(), "--size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, "'melanoma'", "[benign, malignant]");
        sound("--positive", "melanoma").fails(ExitCode.UNUSABLE_INPUT, "'melanoma'", "--positive");
        leavesNothing();
    }

    @Test
    void withoutValidationImagesNothingCanBeChosenByThem() throws IOException {
        Path other = folder.resolve("unvalidated");
        String data = TinyDataset.prepare(other, "--validation", "0").toString();
        experiment(data, "--size", "75", "--gan-size", "16", "--arms", "dcgan")
                .fails(ExitCode.UNUSABLE_INPUT, "validation part", "--validation 0.1", "--protocol paper");
        String untested = other.resolve("untested").toString();
        Invocation.of("prepare", other.resolve("phantoms").toString(), "--out", untested, "--sizes", "16,75", "--test")
                .fails(ExitCode.WRONG_USAGE, "--test");
        Invocation.of(
                        "prepare",
                        other.resolve("phantoms").toString(),
                        "--out",
                        untested,
                        "--sizes",
                        "16,75",
                        "--test",
                        "0",
                        "--quiet")
                .succeeds();
        experiment(untested, "--size", "75", "--gan-size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, "no test part", "--test 0.2");
        leavesNothing();
    }

    @Test
    void aBalancedDataSetNeedsANumberOfImagesToAdd() throws IOException {
        Path source = folder.resolve("balanced");
        Phantoms.write(source, new PhantomOptions(10, 10, 0, 80, 4), Progress.SILENT);
        String data = folder.resolve("balanced-dataset").toString();
        Invocation.of("prepare", source.toString(), "--out", data, "--sizes", "16,75", "--quiet")
                .succeeds();
        experiment(data, "--size", "75", "--gan-size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, "balanced already", "--synthetic N");
        experiment(data, "--size", "75", "--gan-size", "16", "--arms", "none", "--dry-run")
                .succeeds();
        leavesNothing();
    }

    @Test
    void whatIsNoFolderOfADataSetOrARunIsNamed() throws IOException {
        String nowhere = folder.resolve("nowhere").toString();
        experiment(nowhere).fails(ExitCode.UNUSABLE_INPUT, nowhere, "lesionforge prepare");
        Invocation.of("gan", "sample", nowhere, "--count", "1", "--out", out())
                .fails(ExitCode.UNUSABLE_INPUT, nowhere, "lesionforge gan train");
        Invocation.of("report", nowhere).fails(ExitCode.UNUSABLE_INPUT, nowhere);
        Path file = Files.writeString(folder.resolve("file"), "a file");
        Invocation.of("experiment", dataset, "--out", file.toString(), "--size", "75", "--gan-size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, file + " is a file", "--out");
        Path foreign = folder.resolve("foreign");
        Files.createDirectories(foreign);
        Files.writeString(foreign.resolve("note.txt"), "somebody's");
        Invocation.of(
                        "experiment",
                        dataset,
                        "--out",
                        foreign.toString(),
                        "--size",
                        "75",
                        "--gan-size",
                        "16",
                        "--resume",
                        "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "no experiment to resume");
        leavesNothing();
    }

    private static Path images(String name, String... files) throws IOException {
        Path source = folder.resolve(name);
        List<Path> drawn;
        try (Stream<Path> all = Files.list(folder.resolve("phantoms/benign"))) {
            drawn = all.sorted().toList();
        }
        for (int i = 0; i < files.length; i++) {
            Path target = source.resolve(files[i]);
            Files.createDirectories(target.getParent());
            Files.copy(drawn.get(i), target);
        }
        return source;
    }

    private static Invocation prepare(Path source, String... more) {
        String[] fixed = {"prepare", source.toString(), "--out", out(), "--sizes", "16", "--quiet"};
        return Invocation.of(fixed, more);
    }

    @Test
    void foldersThatCannotBeSplitOrHoldNothing() throws IOException {
        prepare(images("single", "a/1.png", "a/2.png", "a/3.png", "b/4.png"))
                .fails(ExitCode.UNUSABLE_INPUT, "class 'b' has 1 image(s)", "--classes");
        prepare(Files.createDirectories(folder.resolve("empty"))).fails(ExitCode.UNUSABLE_INPUT, "empty");
        Path broken = images("broken", "a/1.png");
        Files.writeString(broken.resolve("a/1.png"), "no image");
        prepare(broken, "--test", "0", "--validation", "0")
                .fails(ExitCode.UNUSABLE_INPUT, "readable image", "a/1.png (not an image");
        leavesNothing();
    }

    @Test
    void aGroupInTwoPartsIsNamed() throws IOException {
        Path source = images("spanning", "1.png", "2.png", "3.png", "4.png");
        Path labels = source.resolve("labels.csv");
        Files.writeString(
                labels,
                "id,label,lesion_id,part\n1,a,L1,train\n2,a,L1,test\n3,b,L2,train\n4,b,L3,test\n"
                        .replace("\n", "\r\n"));
        prepare(source, "--labels", labels.toString(), "--part-column", "part")
                .fails(ExitCode.UNUSABLE_INPUT, "L1", "--spanning leave-out");
        leavesNothing();
    }

    @Test
    void theStackTraceIsForWhoAsksForIt() {
        Invocation verbose = sound("--positive", "melanoma", "--verbose");
        assertEquals(ExitCode.UNUSABLE_INPUT, verbose.exitCode());
        assertTrue(verbose.err().contains("\tat org.lesionforge."), verbose.err());
    }
}
