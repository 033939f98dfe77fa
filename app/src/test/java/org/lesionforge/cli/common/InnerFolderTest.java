package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** With folders as {@code demo} and {@code experiment} lay them out. */
final class InnerFolderTest {
    @CommandLine.Command
    private static final class Any {
        @Mixin
        private CommonOptions common;
    }

    @TempDir
    Path demo;

    private final StringWriter err = new StringWriter();

    @Test
    void theOneInsideIsTakenAndTold() throws IOException {
        Path gan = folder("run/gan", "training-ids.txt");
        Path arm = folder("run/arms/none-seed0", "model.json");
        // As every training leaves it.
        Files.writeString(arm.resolve("training-ids.txt"), "");
        folder("run", "results.json");
        assertEquals(gan, InnerFolder.GAN.in(demo, common()));
        assertTrue(err.toString().contains("holds one GAN run, which is used: " + gan), err.toString());
        assertEquals(gan, InnerFolder.GAN.in(demo.resolve("run"), common()));
        assertEquals(demo.resolve("run/arms/none-seed0"), InnerFolder.CLASSIFIER.in(demo, common()));
        assertEquals(demo.resolve("run"), InnerFolder.EXPERIMENT.in(demo, common()));
    }

    @Test
    void severalAreNamed() throws IOException {
        folder("arms/none-seed0", "model.json");
        folder("arms/dcgan-seed0", "model.json");
        String message = assertThrows(UnusableInputException.class, () -> InnerFolder.CLASSIFIER.in(demo, common()))
                .getMessage();
        assertTrue(
                message.contains(demo.resolve("arms/dcgan-seed0") + ", " + demo.resolve("arms/none-seed0")), message);
    }

    @Test
    void theDeepestThereIs() throws IOException {
        Path gan = folder("run/splits/seed0/gan", "training-ids.txt");
        assertEquals(gan, InnerFolder.GAN.in(demo, common()));
        folder("run/splits/seed1/gan", "training-ids.txt");
        assertThrows(UnusableInputException.class, () -> InnerFolder.GAN.in(demo, common()));
    }

    /** A folder that is what is wanted is not searched, and neither is what is not there. */
    @Test
    void theFolderItself() throws IOException {
        folder("", "training-ids.txt");
        folder("old", "training-ids.txt");
        assertEquals(demo, InnerFolder.GAN.in(demo, common()));
        assertEquals(demo, InnerFolder.SYNTHETIC.in(demo, common()));
        Path none = demo.resolve("none");
        assertEquals(none, InnerFolder.GAN.in(none, common()));
        assertEquals("", err.toString());
    }

    @Test
    void commandsNameWhatIsInside() throws IOException {
        folder("arms/none-seed0", "model.json");
        folder("arms/dcgan-seed0", "model.json");
        folder("splits/seed0/gan", "training-ids.txt");
        folder("splits/seed1/gan", "training-ids.txt");
        String run = demo.toString();
        String gan = demo.resolve("splits/seed1/gan").toString();
        String arm = demo.resolve("arms/none-seed0").toString();
        Invocation.of("classify", "predict", run, run).fails(ExitCode.UNUSABLE_INPUT, arm);
        Invocation.of("classify", "evaluate", run, run).fails(ExitCode.UNUSABLE_INPUT, arm);
        String out = demo.resolve("out").toString();
        Invocation.of("gan", "sample", run, "--count", "1", "--out", out).fails(ExitCode.UNUSABLE_INPUT, gan);
        Invocation.of("gan", "interpolate", run, "--out", out).fails(ExitCode.UNUSABLE_INPUT, gan);
        Invocation.of("gan", "resume", run).fails(ExitCode.UNUSABLE_INPUT, gan);
        Invocation.of("gan", "inspect", run).fails(ExitCode.UNUSABLE_INPUT, gan);
        Invocation.of("experiment", "d", "--out", out, "--gan", run).fails(ExitCode.UNUSABLE_INPUT, gan);
    }

    private Path folder(String name, String marker) throws IOException {
        Path folder = Files.createDirectories(demo.resolve(name));
        Files.writeString(folder.resolve(marker), "");
        if (marker.equals("training-ids.txt")) {
            Files.writeString(folder.resolve("licences.json"), "{}");
        }
        return folder;
    }

    private CommonOptions common() {
        Any command = new Any();
        new CommandLine(command).setErr(new PrintWriter(err, true)).parseArgs();
        return command.common;
    }
}
