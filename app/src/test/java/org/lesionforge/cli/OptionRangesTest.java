package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** What is out of its range is wrong usage before anything is read: none of the inputs named here exists. */
final class OptionRangesTest {
    @TempDir
    Path folder;

    private void wrong(List<String> command, String... options) {
        for (String each : options) {
            String[] line = Stream.concat(command.stream(), Stream.of(each.split(" ")))
                    .map(word ->
                            word.replace("NOWHERE", folder.resolve("nowhere").toString()))
                    .toArray(String[]::new);
            Invocation.of(line).fails(ExitCode.WRONG_USAGE);
        }
        assertFalse(Files.exists(folder.resolve("nowhere")));
    }

    @Test
    void ofAnExperiment() {
        wrong(
                List.of("experiment", "NOWHERE", "--out", "NOWHERE/run"),
                "--jobs 0",
                "--threads 0",
                "--size 0",
                "--size 74",
                "--epochs 0",
                "--batch 1",
                "--lr 0",
                "--rotation 181",
                "--recipe best",
                "--optimizer rmsprop",
                "--schedule linear",
                "--weight-decay -1",
                "--warmup -1",
                "--clip -1",
                "--ema 1",
                "--label-smoothing 1",
                "--mixup -1",
                "--cutmix NaN",
                "--mix-probability 2",
                "--recipe paper --mix-probability 0.5",
                "--crop 1.5",
                "--shear 90",
                "--colour 2",
                "--dropout 1",
                "--tta 0",
                "--select worst",
                "--protocol paper --select best",
                "--protocol paper --select best-auc",
                "--views 9",
                "--gan-width 0",
                "--gan-size 17",
                "--gan-label-smoothing 0.5",
                "--gan NOWHERE --gan-epochs 0",
                "--synthetic 0",
                "--max-similarity 2",
                "--keep 0",
                "--checkpoint-every -1",
                "--features 64",
                "--arms none,none",
                "--arms none,external:x",
                "--external x=NOWHERE",
                "--freeze",
                "--weights NOWHERE --metric-weights NOWHERE --lr 0",
                "--resume --fast --views 9");
        Invocation.of("experiment", "nowhere", "--out=x", "--checkpoint-every=-1.5")
                .fails(ExitCode.WRONG_USAGE, "at least 0 minutes, got -1.5");
    }

    @Test
    void ofASingleTraining() {
        wrong(
                List.of("classify", "train", "NOWHERE", "--out", "NOWHERE/run"),
                "--size 0",
                "--batch 1",
                "--freeze",
                "--add NOWHERE --weights NOWHERE --views 0");
        wrong(
                List.of("gan", "train", "NOWHERE", "--class", "a", "--out", "NOWHERE/run"),
                "--size 17",
                "--keep 0",
                "--features 64",
                "--metric-weights NOWHERE --r1 -1");
    }

    @Test
    void ofAComparison() {
        wrong(
                List.of("evaluate", "NOWHERE", "NOWHERE"),
                "--match-size 0",
                "--features 64",
                // A folder that is taken is found after what is typed wrongly.
                "--out src --save-stats x.npy");
    }

    @Test
    void aMissingNetworkIsAskedForByItsOwnOption() {
        for (List<String> command : List.of(
                List.of("experiment", "nowhere", "--out", "x"),
                List.of("gan", "train", "nowhere", "--class", "a", "--out", "x"),
                List.of("evaluate", "nowhere", "nowhere"))) {
            for (String network : List.of("fid", "ab".repeat(32))) {
                String[] line = Stream.concat(command.stream(), Stream.of("--metric-weights", network))
                        .toArray(String[]::new);
                Invocation call = Invocation.of(line);
                call.fails(ExitCode.MISSING_REQUIREMENT, "--metric-weights FILE");
                assertFalse(call.err().contains("(--weights FILE)"), call.err());
            }
        }
        Invocation.of("audit", "nowhere", "--weights", "fid").fails(ExitCode.MISSING_REQUIREMENT, "(--weights FILE)");
        Invocation.of("weights", "verify", "fid").fails(ExitCode.MISSING_REQUIREMENT, "(weights verify FILE)");
    }
}
