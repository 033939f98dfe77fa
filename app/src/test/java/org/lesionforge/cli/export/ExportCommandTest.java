package org.lesionforge.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** {@code export} on the command line, with runs of version 0.1, which must be exported too. */
final class ExportCommandTest {
    private static final Path RUNS = Path.of("src/test/resources/runs-of-0.1");

    @TempDir
    Path folder;

    private Invocation imageFolder(String arm, String... more) {
        String[] call = {
            "export",
            "imagefolder",
            RUNS.resolve("experiment").toString(),
            "--arm",
            arm,
            "--out",
            folder.resolve("out").toString()
        };
        return Invocation.of(call, more);
    }

    @Test
    void tensorBoardOfAnExperimentOfVersion01() throws IOException {
        Path out = folder.resolve("board");
        Invocation called = Invocation.of(
                "export",
                "tensorboard",
                RUNS.resolve("experiment").toString(),
                "--out",
                out.toString(),
                "--json",
                "--quiet");
        JsonNode written = new ObjectMapper().readTree(called.succeeds().out());
        // The experiment, its GAN, and three arms with two seeds.
        assertEquals(8, written.get("files").size());
        for (JsonNode file : written.get("files")) {
            assertTrue(Files.size(out.resolve(file.asText())) > 100, file.asText());
        }
        Invocation.of("export", "tensorboard", RUNS.resolve("gan").toString(), "--out", out.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "exists and is not empty");
        Invocation.of("export", "tensorboard", RUNS.resolve("dataset").toString(), "--out", out + "2")
                .fails(ExitCode.UNUSABLE_INPUT, "is not a run");
    }

    @Test
    void imagesOfAnExperimentOfVersion01() throws IOException {
        imageFolder("dcgan").fails(ExitCode.UNUSABLE_INPUT, "not at both", "--dataset");
        String dataset = RUNS.resolve("dataset").toString();
        imageFolder("dcgan", "--dataset", dataset)
                .fails(ExitCode.UNUSABLE_INPUT, "no images of 75×75 pixels, only of [16]");
        Invocation called = imageFolder("dcgan", "--dataset", dataset, "--size", "16", "--json", "--quiet");
        JsonNode written = new ObjectMapper().readTree(called.succeeds().out());
        assertEquals(
                "{\"benign\":26,\"malignant\":26}",
                written.get("images").get("train").toString());
        assertEquals(
                "{\"real\":38,\"copy\":0,\"synthetic\":14}",
                written.get("train_origins").toString());
        assertTrue(written.get("images_sha256").isNull());
        assertEquals(26, count(folder.resolve("out/train/malignant")));
        assertEquals(22, count(folder.resolve("out/test/benign")) + count(folder.resolve("out/test/malignant")));
        assertEquals(9, count(folder.resolve("out/val/benign")) + count(folder.resolve("out/val/malignant")));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void armsThatThereAreNot() {
        imageFolder("dcgan", "--seed", "7")
                .fails(ExitCode.UNUSABLE_INPUT, "no finished trial", "dcgan inception-v3 seed 1");
        imageFolder("dcgan:many").fails(ExitCode.WRONG_USAGE, "dcgan:many");
    }
}
