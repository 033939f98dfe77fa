package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.config.ConfiguredArguments;

/** What {@code experiment --fast} stands for, and what it gives way to. */
final class FastArgumentsTest {
    @TempDir
    Path folder;

    private static String[] expanded(String line) {
        return FastArguments.expand(Main.commandLine(), line.split(" "));
    }

    @Test
    void itStandsForOptionsAsIfTheyHadBeenTyped() {
        assertArrayEquals(
                ("experiment data --out run --fast --freeze --weights inception-v3-imagenet --gan-preset small-data "
                                + "--gan-width 32 --gan-kernel 4 --gan-epochs 100 --gan-snapshot-every 50 --seeds 0..2")
                        .split(" "),
                expanded("experiment data --out run --fast --seeds 0..2"));
    }

    @Test
    void whatIsGivenOtherwiseCounts() {
        assertArrayEquals(
                ("experiment data --out run --gan-width 64 --weights=mine.pth --fast --freeze --gan-preset small-data "
                                + "--gan-kernel 4 --gan-epochs 100 --gan-snapshot-every 50")
                        .split(" "),
                expanded("experiment data --out run --gan-width 64 --weights=mine.pth --fast"));
    }

    @Test
    void aFlagWithAValueIsWhatTheValueSays() {
        assertArrayEquals(
                ("experiment data --out run --fast=true --freeze --weights inception-v3-imagenet --gan-preset small-data "
                                + "--gan-width 32 --gan-kernel 4 --gan-epochs 100 --gan-snapshot-every 50")
                        .split(" "),
                expanded("experiment data --out run --fast=true"));
        assertArrayEquals(
                "experiment data --out run --fast=false".split(" "),
                expanded("experiment data --out run --fast=false"));
    }

    @Test
    void aFlagThatAFileTurnsOffStaysOff() throws IOException {
        Path settings = Files.writeString(folder.resolve("slow.yaml"), "freeze: false\n");
        String[] line = {"experiment", "data", "--out", "run", "--fast", "--config", settings.toString()};
        String[] all = FastArguments.expand(
                Main.commandLine(),
                ConfiguredArguments.of(Main.commandLine(), line).arguments());
        assertFalse(Main.commandLine().parseArgs(all).subcommand().matchedOptionValue("--freeze", true));
    }

    /** Of the named data sets and folders none exists: whoever reads them first ends with another exit code. */
    @Test
    void everyCommandLooksForItsWeightsBeforeItReadsAnything() {
        String nowhere = folder.resolve("nowhere").toString();
        String run = folder.resolve("run").toString();
        List<List<String>> commands = List.of(
                List.of("experiment", nowhere, "--out", run, "--weights", "inception-v3-imagenet"),
                List.of(
                        "classify",
                        "train",
                        nowhere,
                        "--out",
                        run,
                        "--add",
                        nowhere,
                        "--weights",
                        "inception-v3-imagenet"),
                List.of(
                        "gan",
                        "train",
                        nowhere,
                        "--class",
                        "a",
                        "--out",
                        run,
                        "--metric-weights",
                        "inception-v3-imagenet"),
                List.of(
                        "gan",
                        "train",
                        nowhere,
                        "--class",
                        "a",
                        "--out",
                        run,
                        "--dry-run",
                        "--metric-weights",
                        "inception-v3-imagenet"),
                List.of("evaluate", nowhere, nowhere, "--weights", "inception-v3-imagenet"),
                List.of("audit", nowhere, "--weights", "inception-v3-imagenet"));
        for (List<String> command : commands) {
            Invocation.of(command.toArray(new String[0]))
                    .fails(ExitCode.MISSING_REQUIREMENT, "lesionforge weights fetch inception-v3-imagenet");
        }
        assertFalse(Files.exists(Path.of(run)));
    }

    @Test
    void nothingElseIsChanged() {
        for (String line :
                new String[] {"experiment data --out run", "experiment data --fast --nonsense", "gan train --fast"}) {
            assertArrayEquals(line.split(" "), expanded(line));
        }
        Invocation.of("gan", "train", "data", "--class", "a", "--out", "run", "--fast")
                .fails(ExitCode.WRONG_USAGE, "--fast");
    }

    @Test
    void withoutTheWeightsNothingIsReadOrWritten() throws IOException {
        Path notADataset = Files.createDirectory(folder.resolve("photos"));
        Path run = folder.resolve("run");
        Invocation.of("experiment", notADataset.toString(), "--out", run.toString(), "--fast")
                .fails(
                        ExitCode.MISSING_REQUIREMENT,
                        "--fast stands for " + FastArguments.IN_FULL,
                        "lesionforge weights fetch inception-v3-imagenet",
                        "--weights FILE");
        assertFalse(Files.exists(run));
    }

    @Test
    void aFileOfSettingsCanHaveIt() throws IOException {
        Path settings = Files.writeString(folder.resolve("fast.yaml"), "fast: true\ngan_width: 64\n");
        Invocation dry = Invocation.of(
                "experiment",
                folder.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--config",
                settings.toString(),
                "--weights",
                folder.resolve("no-such-file").toString());
        assertTrue(dry.err().contains("no-such-file"), dry.err());
        assertTrue(dry.err().contains("--fast stands for"), dry.err());
    }
}
