package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.config.ConfiguredArguments;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.weights.KnownWeights;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code experiment --out RUN --resume}: what the run remembers need not be typed again, and what is typed must be the same. */
final class ExperimentResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path dataset;
    private static Path run;

    @BeforeAll
    static void start() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        run = folder.resolve("run");
        // Of a relative path, with nothing as it would be by default.
        Path relative = Path.of("").toAbsolutePath().relativize(dataset.toAbsolutePath());
        Invocation.of(
                        "experiment",
                        relative.toString(),
                        "--out",
                        run.toString(),
                        "--arms=none,none+class-weights",
                        "--classifiers=mobilenet-v2",
                        "--size=75",
                        "--epochs=1",
                        "--batch=8",
                        "--lr=0.01",
                        "--no-flips",
                        "--no-models",
                        "--positive=benign",
                        "--gan-width=8",
                        "--gan-flips=both",
                        "--quiet")
                .succeeds();
    }

    private static JsonNode config(Path of) throws IOException {
        return JSON.readTree(of.resolve("config.json").toFile());
    }

    private static Path copy(String name) throws IOException {
        return copy(run, folder.resolve(name));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static FileTime trained(Path of, String cell) throws IOException {
        return Files.getLastModifiedTime(of.resolve("arms").resolve(cell).resolve("result.json"));
    }

    private static Invocation resume(Path of, String... more) {
        return Invocation.of(new String[] {"experiment", "--out", of.toString(), "--resume", "--quiet"}, more);
    }

    @Test
    void itsFolderIsAllThatIsNeeded() throws IOException {
        Path copy = copy("alone");
        JsonNode before = config(copy);
        Files.delete(copy.resolve("arms/none-seed0/result.json"));
        FileTime other = trained(copy, "none+class-weights-seed0");
        resume(copy).succeeds();
        assertEquals(before, config(copy));
        assertTrue(Files.exists(copy.resolve("arms/none-seed0/result.json")));
        assertEquals(other, trained(copy, "none+class-weights-seed0"));
        assertEquals(
                Files.readString(run.resolve("arms/none-seed0/predictions-test.csv")),
                Files.readString(copy.resolve("arms/none-seed0/predictions-test.csv")));
    }

    @Test
    void seedsAreAddedWithoutTheOtherOptions() throws IOException {
        Path copy = copy("more-seeds");
        resume(copy, "--seeds", "0,3").succeeds();
        assertEquals(List.of(0, 3), List.of(config(copy).at("/options/seeds/0").asInt(), 3));
        assertEquals(
                "[ \"none\", \"none+class-weights\" ]".replace(" ", ""),
                config(copy).at("/options/arms").toString());
        assertEquals(
                JSON.readTree("75"),
                JSON.readTree(copy.resolve("arms/none-seed3/config.json").toFile())
                        .at("/options/size"));
    }

    @Test
    void whatIsGivenOtherwiseIsRefusedWithBothValues() throws IOException {
        Path copy = copy("other");
        resume(copy, "--positive", "malignant")
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "options.classifier.positive is \"benign\" there and \"malignant\" now",
                        "leave them out");
        resume(copy, "--synthetic", "3", "--lr", "0.02")
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "options.synthetic is none there and 3 now",
                        "options.classifier.learning_rate is 0.01 there and 0.02 now");
        // A preset decides what is not given beside it, as it did at the start.
        resume(copy, "--gan-preset", "small-data")
                .fails(ExitCode.UNUSABLE_INPUT, "options.generators.dcgan.width is 8 there and 64 now");
        resume(copy, "--lr", "0.01", "--positive", "benign").succeeds();
    }

    @Test
    void aDataSetIsTheSameByWhateverPath() throws IOException {
        Path copy = copy("paths");
        String[] line = {"experiment", "", "--out", copy.toString(), "--resume", "--quiet"};
        Path moved = Files.createDirectory(folder.resolve("moved"));
        copy(dataset, Files.createDirectory(moved.resolve("inner")).resolve("dataset"));
        for (Path path : List.of(
                dataset.toAbsolutePath(),
                Path.of("").toAbsolutePath().relativize(dataset.toAbsolutePath()),
                dataset.resolve("..").resolve(dataset.getFileName()),
                moved.resolve("inner/dataset"))) {
            line[1] = path.toString();
            Invocation.of(line).succeeds();
        }
        Path other = TinyDataset.prepare(
                Files.createDirectory(folder.resolve("other-data")),
                "--test",
                "0.25",
                "--validation",
                "0.2",
                "--fit=pad");
        line[1] = other.toString();
        Invocation.of(line).fails(ExitCode.UNUSABLE_INPUT, "dataset is \"", other + "\" now");
    }

    @Test
    void whereThereIsNoExperimentThatIsSaid() throws IOException {
        Path none = folder.resolve("none");
        resume(none).fails(ExitCode.UNUSABLE_INPUT, "no experiment to resume", "experiment DATASET --out RUN");
        resume(run.resolve("arms/none-seed0"))
                .fails(ExitCode.UNUSABLE_INPUT, "no experiment to resume", "options.arms");
        assertFalse(Files.exists(none));
        Path gone = copy("gone");
        ObjectNode config = (ObjectNode) config(gone);
        config.put("dataset", folder.resolve("nowhere").toString());
        Files.writeString(gone.resolve("config.json"), config.toString());
        resume(gone).fails(ExitCode.UNUSABLE_INPUT, "nowhere", "not there", "experiment DATASET --out " + gone);
        // The file is the program's own: what is wrong in it is an input.
        config.withObject("/options/classifier").put("epochs", "many");
        Files.writeString(gone.resolve("config.json"), config.toString());
        Invocation.of("experiment", dataset.toString(), "--out", gone.toString(), "--resume")
                .fails(ExitCode.UNUSABLE_INPUT, "config.json", "options.classifier.epochs", "'many'");
        config.withObject("/options/classifier").put("epohcs", 3).remove("epochs");
        Files.writeString(gone.resolve("config.json"), config.toString());
        Invocation.of("experiment", dataset.toString(), "--out", gone.toString(), "--resume")
                .fails(ExitCode.UNUSABLE_INPUT, "config.json", "options.classifier.epohcs");
    }

    @Test
    void aRunOfVersion01IsResumed() throws IOException {
        Path old = copy(Path.of("src/test/resources/runs-of-0.1/experiment"), folder.resolve("old"));
        resume(old).fails(ExitCode.UNUSABLE_INPUT, "data set both", "experiment DATASET --out " + old);
        // The lesions that it was made of, from which the same split follows.
        Path source = folder.resolve("lesions");
        Phantoms.write(source, new PhantomOptions(36, 18, 0.25, 80, 7), Progress.SILENT);
        Path both = folder.resolve("both");
        Invocation.of(
                        "prepare",
                        source.toString(),
                        "--labels=" + source.resolve("metadata.csv"),
                        "--out=" + both,
                        "--sizes=16,75",
                        "--test=0.3",
                        "--validation=0.2",
                        "--quiet")
                .succeeds();
        FileTime before = trained(old, "oversample-seed1");
        // Its generator is not among the files that were kept.
        String[] line = {
            "experiment", both.toString(), "--out", old.toString(), "--resume", "--arms=none,oversample", "--quiet"
        };
        Invocation resumed = Invocation.of(line).succeeds();
        // What 0.1 printed.
        assertTrue(resumed.out().contains("0.4773 ± 0.2893"), resumed.out());
        assertTrue(resumed.out().contains("0.6136 ± 0.0964"), resumed.out());
        assertEquals(before, trained(old, "oversample-seed1"));
        // From now on the folder alone does.
        resume(old).succeeds();
        Invocation.of(line, "--epochs=3")
                .fails(ExitCode.UNUSABLE_INPUT, "options.classifier.epochs is 2 there and 3 now");
    }

    /** With the file of a network by hand, which no name stands for. */
    @Test
    @Tag("slow")
    void aFastRunIsResumedWithAndWithoutTheWord() throws IOException {
        Path weights = SharedFolder.require().resolve("weights/inception_v3_imagenet_notop_approx.safetensors");
        Path fast = folder.resolve("fast");
        String[] line = {
            "experiment",
            dataset.toString(),
            "--out=" + fast,
            "--fast",
            "--weights=" + weights,
            "--arms=none",
            "--size=75",
            "--no-cache",
            "--quiet"
        };
        Invocation first = Invocation.of(line).succeeds();
        assertEquals("", first.err(), "quiet");
        assertTrue(
                Files.readString(fast.resolve("log.txt")).contains("--fast stands for " + FastArguments.IN_FULL),
                "kept in the log");
        JsonNode before = config(fast);
        assertEquals(32, before.at("/options/generators/dcgan/width").asInt());
        FileTime time = trained(fast, "none-seed0");
        resume(fast, "--no-cache").succeeds();
        resume(fast, "--no-cache", "--fast", "--weights=" + weights).succeeds();
        assertEquals(before, config(fast));
        assertEquals(time, trained(fast, "none-seed0"));
        // The word stands for the downloaded network, which is another than that of the file.
        resume(fast, "--fast", "--gan-width=64", "--weights=" + weights)
                .fails(ExitCode.UNUSABLE_INPUT, "options.generators.dcgan.width is 32 there and 64 now");
        // Without its file the network is known by its checksum alone.
        ObjectNode moved = (ObjectNode) before.deepCopy();
        moved.put("weights_file", folder.resolve("nowhere.safetensors").toString());
        Files.writeString(fast.resolve("config.json"), moved.toString());
        resume(fast).fails(ExitCode.MISSING_REQUIREMENT, before.get("weights").asText(), "--weights FILE");
        resume(fast, "--no-cache", "--weights=" + weights).succeeds();
        assertEquals(before, config(fast));
    }

    /** The innermost command with all that the run adds. */
    private static ParseResult resumed(Path of, String... more) {
        CommandLine program = Main.commandLine();
        String[] line = Stream.concat(Stream.of("experiment", "--out", of.toString(), "--resume"), Stream.of(more))
                .toArray(String[]::new);
        ConfiguredArguments all = ResumedArguments.of(program, FastArguments.expand(program, line));
        return program.parseArgs(all.arguments()).subcommand();
    }

    private static Path runOf(JsonNode config) throws IOException {
        Path of = Files.createTempDirectory(folder, "configured");
        Files.writeString(of.resolve("config.json"), config.toPrettyString());
        return of;
    }

    @Test
    void theWordFastIsComparedAndNotPassedOver() throws IOException {
        ObjectNode config = (ObjectNode) config(run);
        config.put("weights", KnownWeights.IMAGENET.sha256());
        ParseResult alone = resumed(runOf(config));
        assertEquals(Integer.valueOf(8), alone.matchedOptionValue("--gan-width", 0));
        assertEquals(
                List.of(Path.of(KnownWeights.IMAGENET.sha256())), alone.matchedOptionValue("--weights", List.of()));
        assertFalse(alone.matchedOptionValue("--freeze", false));
        ParseResult fast = resumed(runOf(config), "--fast");
        assertEquals(Integer.valueOf(32), fast.matchedOptionValue("--gan-width", 0));
        assertTrue(fast.matchedOptionValue("--freeze", false));
        assertEquals(Integer.valueOf(75), fast.matchedOptionValue("--size", 0));
        // What presets differ in is theirs, what they do not speak of is the run's.
        assertFalse(fast.hasMatchedOption("--gan-batch"));
        assertFalse(fast.hasMatchedOption("--gan-flips"));
        assertEquals(Integer.valueOf(100), fast.matchedOptionValue("--gan-latent", 0));
        assertEquals(Integer.valueOf(64), fast.matchedOptionValue("--gan-size", 0));
    }

    @Test
    void aRunKeepsItsRecipeAndOneWithoutHasThePapers() throws IOException {
        ObjectNode strong = (ObjectNode) config(run);
        assertEquals(
                0.05,
                strong.at("/options/classifier/training/optimisation/weight_decay")
                        .asDouble(),
                "whole net, strict");
        ParseResult kept = resumed(runOf(strong));
        assertEquals(OptimizerKind.ADAMW, kept.matchedOptionValue("--optimizer", null));
        assertEquals(Double.valueOf(0.4), kept.matchedOptionValue("--crop", null));
        assertEquals(Integer.valueOf(1), kept.matchedOptionValue("--tta", null));
        assertFalse(kept.hasMatchedOption("--recipe"));
        // As version 0.1 wrote it.
        ObjectNode old = strong.deepCopy();
        old.withObject("/options/classifier").remove("training");
        ParseResult papers = resumed(runOf(old));
        assertEquals(Recipe.PAPER, papers.matchedOptionValue("--recipe", null));
        assertFalse(papers.hasMatchedOption("--optimizer"));
        // A recipe that is given decides what recipes differ in, and is then compared with the run's.
        ParseResult given = resumed(runOf(old), "--recipe=strong");
        assertEquals(Recipe.STRONG, given.matchedOptionValue("--recipe", null));
        assertFalse(given.hasMatchedOption("--batch"));
        assertEquals(Integer.valueOf(75), given.matchedOptionValue("--size", 0));
        // The last layer alone has none.
        ParseResult frozen = resumed(runOf(strong), "--freeze");
        assertFalse(frozen.hasMatchedOption("--crop"));
        assertFalse(resumed(runOf(old), "--freeze").hasMatchedOption("--recipe"));
    }

    @Test
    void anotherRecipeIsRefusedWithBothValues() throws IOException {
        resume(copy("other-recipe"), "--recipe", "paper")
                .fails(ExitCode.UNUSABLE_INPUT, "options.classifier.training", "there and", "now");
        resume(copy("other-ema"), "--ema", "0").fails(ExitCode.UNUSABLE_INPUT, "ema is 0.998 there and 0", "now");
    }

    @Test
    void imagesOfOtherGeneratorsComeWithTheirArms() throws IOException {
        ObjectNode config = (ObjectNode) config(run);
        config.withObject("/options")
                .putArray("arms")
                .add("none")
                .add("external:a.b@0.5")
                .add("external:c+only");
        config.withObject("/external/a.b").put("folder", "/x/y");
        config.withObject("/external/c").put("folder", "/z");
        Path of = runOf(config);
        NamedFolder first = new NamedFolder("a.b", Path.of("/x/y"));
        NamedFolder second = new NamedFolder("c", Path.of("/z"));
        assertEquals(List.of(first, second), resumed(of).matchedOptionValue("--external", List.of()));
        assertFalse(resumed(of, "--arms=none").hasMatchedOption("--external"));
        assertEquals(
                List.of(second), resumed(of, "--arms=none,external:c:5").matchedOptionValue("--external", List.of()));
        List<NamedFolder> moved = resumed(of, "--external=c=/moved").matchedOptionValue("--external", List.of());
        assertEquals(2, moved.size());
        assertTrue(moved.containsAll(List.of(first, new NamedFolder("c", Path.of("/moved")))), moved.toString());
    }

    @Test
    void aGanThatWasTakenOverIsTheRunsOwnOnceItIsThere() throws IOException {
        ObjectNode config = (ObjectNode) config(run);
        config.put("gan_run", folder.resolve("no-gan").toString());
        Path of = runOf(config);
        assertEquals(List.of(folder.resolve("no-gan")), resumed(of).matchedOptionValue("--gan", null));
        config.putArray("gan_run").add(folder.resolve("no-gan").toString()).add(run.toString());
        of = runOf(config);
        assertEquals(List.of(folder.resolve("no-gan"), run), resumed(of).matchedOptionValue("--gan", null));
        Files.createDirectories(of.resolve("generators/dcgan"));
        Files.writeString(of.resolve("generators/dcgan/best.json"), "{}");
        assertFalse(resumed(of).hasMatchedOption("--gan"));
    }
}
