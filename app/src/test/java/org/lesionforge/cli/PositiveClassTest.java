package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.PositiveClass;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** Which class is looked for where the command line names none. */
final class PositiveClassTest {
    @TempDir
    static Path folder;

    private static List<Path> images;

    @BeforeAll
    static void draw() throws IOException {
        Path phantoms = folder.resolve("phantoms");
        Phantoms.write(phantoms, new PhantomOptions(20, 12, 0, 80, 3), Progress.SILENT);
        try (Stream<Path> files = Files.walk(phantoms)) {
            images = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    /** A data set whose classes have these many images. */
    private static String dataset(String name, String first, int ofFirst, String second, int ofSecond)
            throws IOException {
        Path source = folder.resolve(name + "-source");
        for (int i = 0; i < ofFirst + ofSecond; i++) {
            Path target = source.resolve(i < ofFirst ? first : second).resolve(i + ".png");
            Files.createDirectories(target.getParent());
            Files.copy(images.get(i), target);
        }
        String out = folder.resolve(name).toString();
        Invocation.of("prepare", source.toString(), "--out", out, "--sizes", "75", "--test", "0.25", "--quiet")
                .succeeds();
        return out;
    }

    private static PositiveClass usual(String dataset) {
        return PositiveClass.of(Dataset.open(Path.of(dataset)));
    }

    private static String positive(Path file, String pointer) throws IOException {
        return new ObjectMapper().readTree(file.toFile()).at(pointer).asText();
    }

    @Test
    void malignantIsLookedForEvenWhereItIsNotScarce() throws IOException {
        assertEquals(
                "malignant",
                usual(dataset("usual", "benign", 8, "malignant", 16)).name());
    }

    @Test
    void ofEquallyScarceClassesTheFirstInTheAlphabetIsTakenAndSaid() throws IOException {
        PositiveClass usual = usual(dataset("tie", "nevus", 10, "melanoma", 10));
        assertEquals("melanoma", usual.name());
        assertTrue(usual.reason().contains("[melanoma, nevus] are equally scarce"), usual.reason());
    }

    @Test
    void theScarcestIsLookedForAndAResumedRunKeepsWhatItWasStartedWith() throws IOException {
        String data = dataset("scarce", "melanoma", 20, "nevus", 12);
        String[] tiny = {
            "experiment", data, "--arms", "none", "--size", "75", "--epochs", "1", "--batch", "8", "--no-models"
        };
        String scarcest = folder.resolve("scarcest").toString();
        Invocation said = Invocation.of(tiny, "--out", scarcest).succeeds();
        assertTrue(said.err().contains("positive class: 'nevus' (the scarcest class, 12 images"), said.err());
        assertEquals("nevus", positive(Path.of(scarcest, "config.json"), "/options/classifier/positive"));
        assertEquals("nevus", positive(Path.of(scarcest, "results.json"), "/positive"));

        String named = folder.resolve("named").toString();
        Invocation.of(tiny, "--out", named, "--positive", "melanoma").succeeds();
        Invocation.of(tiny, "--out", named, "--resume").succeeds();
        assertEquals("melanoma", positive(Path.of(named, "config.json"), "/options/classifier/positive"));
        Invocation.of(tiny, "--out", named, "--resume", "--positive", "nevus")
                .fails(ExitCode.UNUSABLE_INPUT, "other options");
    }
}
