package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** Images of another generator, phantoms of another seed, in an experiment and in one training. */
final class ExternalImagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMAGES = 14;

    @TempDir
    static Path folder;

    private static Path dataset;
    /** Fourteen phantoms and a copy of a training image, laid over and recompressed. */
    private static Path theirs;

    private static Path run;
    private static String text;

    private static List<TinyDataset.Row> rows;

    @BeforeAll
    static void runOnce() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        rows = TinyDataset.rows(dataset);
        theirs = folder.resolve("theirs");
        phantoms(theirs, 99);
        copy("train", theirs.resolve("malignant/zz-copy.jpg"));
        run = folder.resolve("run");
        text = experiment(
                        run, "--arms", "none,external:foo:5,external:foo@1.0+class-weights", "--external", foo(theirs))
                .succeeds()
                .out();
    }

    private static void phantoms(Path to, int seed) throws IOException {
        Phantoms.write(to, new PhantomOptions(1, IMAGES, 0, 80, seed), Progress.SILENT);
        Files.delete(to.resolve("metadata.csv"));
    }

    /** Mirrored, larger, and as JPEG. */
    private static void copy(String part, Path to) throws IOException {
        TinyDataset.Row row = rows.stream()
                .filter(each -> each.part().equals(part) && each.label().equals("malignant"))
                .findFirst()
                .orElseThrow();
        Path file = FileTree.of(folder.resolve("phantoms")).files().stream()
                .filter(each ->
                        each.getFileName().toString().startsWith(row.id().replaceAll(".*/", "")))
                .findFirst()
                .orElseThrow();
        BufferedImage image = ImageIO.read(file.toFile());
        BufferedImage mirrored = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
        mirrored.createGraphics().drawImage(image, 120, 0, -120, 120, null);
        Files.createDirectories(to.getParent());
        ImageIO.write(mirrored, "jpeg", to.toFile());
    }

    private static String foo(Path of) {
        return "foo=" + of;
    }

    private static Invocation experiment(Path out, String... more) {
        String[] tiny = {
            "experiment",
            dataset.toString(),
            "--out",
            out.toString(),
            "--classifiers",
            "mobilenet-v2",
            "--size",
            "75",
            "--epochs",
            "1",
            "--batch",
            "8",
            "--gan-size",
            "16",
            "--gan-width",
            "4",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    private static int real(String label) {
        return (int) rows.stream()
                .filter(row -> row.label().equals(label) && row.part().equals("train"))
                .count();
    }

    private static Set<String> added(String arm) throws IOException {
        Set<String> ids = new HashSet<>(Files.readAllLines(run.resolve("arms/" + arm + "/training-ids.txt")));
        ids.removeIf(id -> !id.startsWith("synthetic-"));
        return ids;
    }

    @Test
    void theArmsAddImagesOfTheFolderAndNoGanIsTrained() throws IOException {
        JsonNode results = JSON.readTree(run.resolve("results.json").toFile());
        JsonNode five = results.get("arms").get(1);
        assertEquals("external:foo:5", five.get("name").asText());
        assertEquals(5, five.get("synthetic").asInt());
        assertEquals(real("malignant") + 5, five.get("train").get("malignant").asInt());
        assertEquals(real("benign"), five.get("train").get("benign").asInt());
        JsonNode asMany = results.get("arms").get(2);
        assertEquals(real("malignant"), asMany.get("synthetic").asInt());
        for (JsonNode arm : List.of(five, asMany)) {
            assertTrue(arm.get("images").get("snapshot").isNull());
            assertEquals(IMAGES + 1, arm.get("images").get("gate").get("drawn").asInt());
            assertEquals(1, arm.get("images").get("gate").get("dropped").asInt());
        }
        assertFalse(Files.exists(run.resolve("gan")));
        assertFalse(text.contains("DCGAN"), text);

        Set<String> few = added("external=foo=5-seed0");
        Set<String> many = added("external=foo@1+class-weights-seed0");
        assertEquals(5, few.size());
        assertEquals(real("malignant"), many.size());
        assertTrue(many.containsAll(few) || few.containsAll(many), "the larger number has the smaller");
        many.forEach(id -> assertTrue(id.matches("synthetic-external-foo/PL_M\\d+_0\\.png"), id));
    }

    @Test
    void nearCopiesOfTrainingImagesAreListedAndEveryLeakCheckHolds() throws IOException {
        List<String> nearest = Files.readAllLines(run.resolve("external/foo/nearest.csv"));
        assertEquals(1 + IMAGES + 1, nearest.size());
        assertTrue(nearest.get(IMAGES + 1).matches("14,.*,(0\\.9[5-9]\\d\\d|1\\.0000),false"), nearest.toString());
        JsonNode checks = JSON.readTree(run.resolve("results.json").toFile()).get("leakage");
        checks.forEach(check -> assertTrue(check.get("holds").asBoolean(), check.toString()));
        assertTrue(checks.toString().contains("none of the images from foo shows a validation or test image"));
        assertTrue(checks.toString().contains("what their generator was trained on is not known"));
    }

    @Test
    void theReportSaysThatTheirOriginIsUnknown() throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("Images from foo"));
        assertTrue(page.contains("come from is not known"));
        assertTrue(page.contains("THE IMAGES FROM foo ARE OF UNKNOWN ORIGIN"));
        assertTrue(page.contains("Do generated images of the scarce class improve"));
        assertTrue(page.contains("1 of 15 were not used, as near-copies of training images"));
        assertFalse(page.contains("No GAN was trained"));
        assertTrue(Files.exists(run.resolve("examples/external-foo.png")));
    }

    @Test
    void aRunGoesOnWithTheSameImagesOnly() throws IOException {
        Path out = folder.resolve("resumed");
        experiment(out, "--arms", "none").succeeds();
        assertFalse(JSON.readTree(out.resolve("config.json").toFile()).has("external"));
        Path moving = folder.resolve("moving");
        phantoms(moving, 5);
        String[] withArm = {"--resume", "--arms", "none,external:foo:3", "--external", foo(moving)};
        experiment(out, withArm).succeeds();
        JsonNode before = JSON.readTree(out.resolve("config.json").toFile()).get("external");
        assertEquals(IMAGES, before.get("foo").get("images").asInt());
        assertEquals("malignant", before.get("foo").get("class_name").asText());
        experiment(out, "--resume", "--arms", "none").succeeds();
        assertEquals(before, JSON.readTree(out.resolve("config.json").toFile()).get("external"), "still known");

        copy("train", moving.resolve("malignant/new.jpg"));
        experiment(out, withArm)
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "--external foo",
                        IMAGES + " images",
                        (IMAGES + 1) + " images",
                        before.get("foo").get("sha256").asText());
        Files.delete(moving.resolve("malignant/new.jpg"));
        experiment(out, withArm).succeeds();
    }

    @Test
    void imagesThatClassifiersAreJudgedOnAreRefusedBeforeAnythingIsWritten() throws IOException {
        Path none = folder.resolve("leaking");
        for (String part : List.of("validation", "test")) {
            Path leak = folder.resolve("leak-" + part);
            phantoms(leak, 7);
            copy(part, leak.resolve("malignant/leak.jpg"));
            experiment(none, "--arms", "none,external:foo:2", "--external", foo(leak))
                    .fails(ExitCode.UNUSABLE_INPUT, "1 of the 15 images", "leak.jpg is ", "take them out");
            Invocation.of(
                            "classify",
                            "train",
                            dataset.toString(),
                            "--out",
                            none.toString(),
                            "--size",
                            "75",
                            "--add",
                            leak.resolve("malignant").toString())
                    .fails(ExitCode.UNUSABLE_INPUT, "1 of the 15 images", "leak.jpg is ");
        }
        assertFalse(Files.exists(none));
    }

    @Test
    void theEstimateIncludesOpeningThem() throws IOException {
        JsonNode plan = JSON.readTree(experiment(
                        folder.resolve("planned"),
                        "--arms",
                        "none,external:foo:2",
                        "--external",
                        foo(theirs),
                        "--jobs",
                        "2",
                        "--dry-run",
                        "--json")
                .succeeds()
                .out());
        JsonNode estimate = plan.get("estimate");
        assertTrue(estimate.get("opening_seconds").asDouble() > 0, estimate.toString());
        assertEquals(
                Stream.of("opening", "audit", "classifier", "results")
                        .mapToDouble(part -> estimate.get(part + "_seconds").asDouble())
                        .sum(),
                estimate.get("total_seconds").asDouble(),
                1e-9);
        assertFalse(Files.exists(folder.resolve("planned")));
    }

    @Test
    void tooFewImagesAreRefusedWithBothNumbers() {
        experiment(folder.resolve("few"), "--arms", "none,external:foo:15", "--external", foo(theirs))
                .fails(ExitCode.UNUSABLE_INPUT, "adds 15 images", "has 14 that may be used", "1 of them near-copies");
        experiment(folder.resolve("few"), "--arms", "none,external:foo:15", "--external", foo(theirs), "--dry-run")
                .fails(ExitCode.UNUSABLE_INPUT, "adds 15 images");
        assertFalse(Files.exists(folder.resolve("few")));
    }

    @Test
    void namesThatDoNotFitAreWrongUsage() {
        Path none = folder.resolve("wrong");
        String arms = "none,external:foo:2";
        experiment(none, "--arms", arms).fails(ExitCode.WRONG_USAGE, "external:foo:2", "--external foo=DIR");
        experiment(none, "--arms", "none", "--external", foo(theirs))
                .fails(ExitCode.WRONG_USAGE, "no arm adds the images of --external foo=DIR");
        experiment(none, "--arms", arms, "--external", foo(theirs), "--external", "FOO=x")
                .fails(ExitCode.WRONG_USAGE, "two folders are named");
        for (String bad : List.of("foo", "=x", "foo=", "a b=x", "-x=y", "a:b=x")) {
            experiment(none, "--arms", arms, "--external=" + bad).fails(ExitCode.WRONG_USAGE, "--external");
        }
        experiment(none, "--arms", arms, "--external", "foo=" + folder.resolve("nowhere"))
                .fails(ExitCode.UNUSABLE_INPUT, "nowhere", "is not there");
        assertFalse(Files.exists(none));
    }

    @Test
    void oneTrainingAddsThemToo() throws IOException {
        Path out = folder.resolve("one");
        Invocation training = Invocation.of(
                        "classify",
                        "train",
                        dataset.toString(),
                        "--out",
                        out.toString(),
                        "--classifier",
                        "mobilenet-v2",
                        "--size",
                        "75",
                        "--epochs",
                        "1",
                        "--batch",
                        "8",
                        "--json",
                        "--add",
                        theirs.resolve("malignant").toString())
                .succeeds();
        JsonNode result = JSON.readTree(training.out());
        assertEquals(IMAGES + 1, result.get("synthetic").asInt());
        assertEquals(
                real("malignant") + IMAGES + 1,
                result.get("train").get("malignant").asInt());
        assertTrue(training.err().contains("of unknown origin"), training.err());
    }
}
