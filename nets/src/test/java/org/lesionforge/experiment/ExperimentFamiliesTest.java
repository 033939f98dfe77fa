package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.arm.Arm;

/** Where the generators of an experiment are: of several families, of several splits, and of a run with old places. */
final class ExperimentFamiliesTest {
    private static final ModelFamily<DcganOptions> TOY = new RenamedFamily("toy", "Toy GAN");

    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;

    @BeforeAll
    static void prepare() throws IOException {
        phantoms = new PhantomExperiment(folder, PhantomExperiment.LIGHT);
    }

    /** As a run was before generators had folders by family. */
    private static void moveToOldPlaces(Path out) throws IOException {
        Files.move(out.resolve("generators/dcgan"), out.resolve("gan"));
        Files.delete(out.resolve("generators"));
        for (String each : List.of("seed0", "held-out-similarity.csv")) {
            Files.move(out.resolve("synthetic/dcgan/" + each), out.resolve("synthetic/" + each));
        }
        Files.delete(out.resolve("synthetic/dcgan"));
        ObjectNode config = (ObjectNode) Json.readTree(out.resolve("config.json"));
        ObjectNode recorded = config.withObject("/options");
        recorded.set("gan", recorded.remove("generators").get("dcgan"));
        Json.write(out.resolve("config.json"), config);
    }

    @Test
    void aRunWithOldPlacesKeepsThemAndOtherFamiliesGetFoldersOfTheirOwn() throws IOException {
        Path out = folder.resolve("families");
        ExperimentOptions old = PhantomExperiment.options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L), false);
        Results before = phantoms.run(out, old, false);
        moveToOldPlaces(out);
        List<Path> done = List.of(out.resolve("gan/best.json"), out.resolve("synthetic/seed0/similarity.csv"));
        List<FileTime> times = new ArrayList<>();
        for (Path file : done) {
            times.add(Files.getLastModifiedTime(file));
        }
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>(old.generators());
        generators.put("toy", PhantomExperiment.tiny(TOY, 8).common(common -> common.epochs(1)));
        ExperimentOptions both = old.with()
                .arms(List.of(Arm.NONE, Arm.of("dcgan"), Arm.of("toy:3"), Arm.of("toy:5+only")))
                .generators(generators)
                .build();
        Results results = phantoms.run(out, both, true);

        for (Path file : done) {
            assertEquals(times.remove(0), Files.getLastModifiedTime(file), file.toString());
        }
        assertEquals(List.of("dcgan", "toy"), new SplitDirectory(out).families());
        assertFalse(Files.exists(out.resolve("generators/dcgan")));
        assertEquals(
                8,
                Json.readTree(out.resolve("generators/toy/config.json"))
                        .at("/options/width")
                        .asInt());
        assertEquals(
                5,
                SyntheticManifest.read(out.resolve("synthetic/toy/seed0"))
                        .generators()
                        .size());
        for (int i = 0; i < 2; i++) {
            assertEquals(before.arms().get(i).seconds(), results.arms().get(i).seconds(), "trained once");
        }
        ArmResult toy = PhantomExperiment.arm(results, "toy:3", 0);
        assertEquals("Balanced with Toy GAN images (3)", toy.title());
        assertEquals(3, toy.synthetic());
        assertEquals(
                new Results.Gate(5, 0, 1), toy.images().orElseThrow().gate(), "of the set, not of the other family's");
        assertEquals(
                phantoms.benign() + 5,
                PhantomExperiment.trainingIds(out, PhantomExperiment.arm(results, "toy:5+only", 0))
                        .size());
        // Three of the data, of each family two and one of its set, four of each trial.
        assertEquals(3 + 2 * 3 + 4 * 4, results.leakage().size());
        assertTrue(
                results.leakage().stream().allMatch(Results.Check::holds),
                results.leakage().toString());
        for (String name : List.of("DCGAN", "Toy GAN")) {
            assertTrue(results.leakage().stream()
                    .anyMatch(check -> check.check().equals("the " + name + " was trained on this very split")));
        }
        assertTrue(Files.exists(out.resolve("examples/synthetic.png")));
        assertTrue(Files.exists(out.resolve("examples/synthetic-toy.png")));
        JsonNode recorded = Json.readTree(out.resolve("config.json")).get("options");
        assertFalse(recorded.has("gan"));
        assertEquals(4, recorded.at("/generators/dcgan/width").asInt());
        assertEquals(8, recorded.at("/generators/toy/width").asInt());

        // A start without the family leaves its record alone, one with another width is refused.
        phantoms.run(out, old, true);
        assertEquals(
                8,
                Json.readTree(out.resolve("config.json"))
                        .at("/options/generators/toy/width")
                        .asInt());
        ExperimentOptions wider = both.with()
                .generators(Map.of("dcgan", PhantomExperiment.generator(), "toy", PhantomExperiment.tiny(TOY, 4)))
                .build();
        String refusal = assertThrows(UnusableInputException.class, () -> phantoms.run(out, wider, true))
                .getMessage();
        assertTrue(refusal.contains("options.generators.toy.width is 8 there and 4 now"), refusal);
    }

    @Test
    void degradedMeansTheSizeOfTheArmsOwnFamily() {
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>();
        generators.put("toy", PhantomExperiment.tiny(TOY, 4).common(common -> common.size(32)));
        generators.put("dcgan", PhantomExperiment.generator());
        ExperimentOptions options =
                ExperimentOptions.DEFAULTS.with().generators(generators).build();
        assertEquals(16, options.generatorSize(Arm.of("dcgan+degraded")));
        assertEquals(32, options.generatorSize(Arm.of("toy:5+degraded")));
        assertEquals(32, options.generatorSize(Arm.of("none+degraded")), "of the first");
        assertThrows(
                IllegalArgumentException.class,
                () -> options.with().arms(List.of(Arm.of("other"))).build());
    }

    @Test
    void aNewSplitForEachSeedHasItsOwnGan() throws IOException {
        Path out = folder.resolve("resplit");
        Results each = phantoms.run(
                out, PhantomExperiment.options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L, 1L), true), false);
        List<List<String>> seen = new ArrayList<>();
        for (long seed : List.of(0L, 1L)) {
            Dataset split = phantoms.dataset().resplit(seed);
            List<String> ids =
                    Files.readAllLines(out.resolve("splits/seed" + seed + "/generators/dcgan/training-ids.txt"));
            assertEquals(split.training().ofClass("malignant").size(), ids.size());
            assertEquals(
                    split.training().size(),
                    PhantomExperiment.trainingIds(out, PhantomExperiment.arm(each, "none", seed))
                            .size());
            seen.add(ids);
        }
        assertNotEquals(seen.get(0), seen.get(1));
        each.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
        assertEquals(2 * (3 + 2 + 1 + 2 * 4), each.leakage().size());
    }
}
