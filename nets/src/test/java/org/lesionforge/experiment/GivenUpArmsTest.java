package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.io.json.Json;
import org.lesionforge.report.ExperimentTables;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;

/** An arm whose images cannot be had costs no other arm its result: noise of a generator that has learned nothing, of which a filter keeps none. */
final class GivenUpArmsTest {
    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static ExperimentOptions options;
    private static Path out;
    private static Results results;

    private static List<Arm> arms(String... words) {
        return Stream.of(words).map(Arm::of).toList();
    }

    @BeforeAll
    static void run() throws IOException {
        phantoms = new PhantomExperiment(folder, ToyBackbone.ARCHITECTURE);
        options = PhantomExperiment.options(
                arms("none", "dcgan+filtered", "dcgan+class-weights+filtered", "oversample", "dcgan"),
                List.of(0L, 1L),
                false);
        out = folder.resolve("run");
        results = phantoms.run(out, options, false);
    }

    private static List<String> names(Results of) {
        return of.arms().stream().map(ArmResult::name).distinct().toList();
    }

    private static List<String> unable(Results of) {
        return of.unableArms().stream().map(Results.UnableArm::name).toList();
    }

    @Test
    void allOthersAreTrainedAndComparedAndTheResultsSayWhy() {
        assertEquals(List.of("none", "oversample", "dcgan"), names(results));
        assertEquals(6, results.arms().size(), "with both seeds");
        assertEquals(List.of("dcgan+filtered", "dcgan+class-weights+filtered"), unable(results));
        String reason = results.unableArms().get(0).reason();
        assertTrue(reason.startsWith("of 640 images drawn from "), reason);
        assertTrue(reason.contains("the filter turned the others away"), reason);
        assertTrue(ExperimentTables.text(results)
                .contains("The arm dcgan+filtered was given up, and is in no comparison: " + reason + ".\n"));
        assertTrue(results.leakage().stream().allMatch(Results.Check::holds));
        assertEquals(
                results.unableArms(), Results.read(out.resolve("results.json")).unableArms());
        assertFalse(Files.exists(out.resolve("arms/dcgan+filtered-seed0")));
    }

    @Test
    void withoutItTheRunIsWhatItWouldHaveBeenWithoutItFromTheBeginning() throws IOException {
        Path copy = folder.resolve("resumed/run");
        Files.createDirectories(copy.getParent());
        PhantomExperiment.copy(out, copy);
        assertEquals(unable(results), unable(phantoms.run(copy, options, true)), "tried again");
        ExperimentOptions others =
                options.with().arms(arms("none", "oversample", "dcgan")).build();
        Results left = phantoms.run(copy, others, true);
        assertEquals(List.of(), left.unableArms());
        assertFalse(Files.readString(copy.resolve("results.json")).contains("unable_arms"));
        assertEquals(Json.line(results.comparisons()), Json.line(left.comparisons()));
        assertEquals(Json.line(results.summaries()), Json.line(left.summaries()));
    }

    /** The same of an arm that is not filtered, and nothing to go on with. */
    @Test
    void whereNoArmIsLeftTheExperimentEnds() {
        ExperimentOptions copies = options.with()
                .arms(arms("dcgan"))
                .additions(new Additions(null, 1e-6, false))
                .build();
        Path alone = folder.resolve("alone");
        String message = assertThrows(NotAdmittedException.class, () -> phantoms.run(alone, copies, false))
                .getMessage();
        assertTrue(message.contains("near-copies of training images"), message);
        assertFalse(Files.exists(alone.resolve("results.json")));
    }
}
