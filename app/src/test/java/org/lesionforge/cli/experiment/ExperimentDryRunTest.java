package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** What is said of an experiment, or against it, before any of it is done. */
final class ExperimentDryRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TinyExperiment tiny;

    @BeforeAll
    static void prepare() throws IOException {
        tiny = new TinyExperiment(folder);
    }

    @Test
    void aDryRunEstimatesAndWritesNothing() throws IOException {
        Path none = folder.resolve("dry");
        Invocation text = tiny.experiment(none, "--dry-run").succeeds();
        assertTrue(text.out().contains("estimated time in all "), text.out());
        assertTrue(text.out().contains("auditing the data set "), text.out());
        assertFalse(text.out().contains("{"), text.out());
        JsonNode json = JSON.readTree(tiny.experiment(none, "--dry-run", "--arms", "none", "--json")
                .succeeds()
                .out());
        assertEquals(0, json.get("estimate").get("gan_seconds").asDouble());
        JsonNode estimate = json.get("estimate");
        assertTrue(estimate.get("classifier_seconds").asDouble() > 0);
        assertEquals(0, estimate.get("opening_seconds").asDouble());
        assertTrue(estimate.get("audit_seconds").asDouble() > 0);
        assertEquals(
                estimate.get("classifier_seconds").asDouble()
                        + estimate.get("audit_seconds").asDouble()
                        + estimate.get("results_seconds").asDouble(),
                estimate.get("total_seconds").asDouble(),
                1e-9);
        tiny.experiment(none, "--dry-run", "--jobs", "0").fails(ExitCode.WRONG_USAGE, "at least 1 job", "got 0");
        assertFalse(Files.exists(none));
    }

    @Test
    void ofAGanThatIsTakenOverNoTrainingIsEstimated() throws IOException {
        Path run = folder.resolve("run");
        tiny.experiment(run).succeeds();
        String[] adopting = {
            "experiment",
            folder.resolve("dataset").toString(),
            "--out",
            folder.resolve("dry").toString(),
            "--classifiers=mobilenet-v2",
            "--size=75",
            "--epochs=1",
            "--batch=8",
            "--dry-run",
            "--gan",
            run.toString()
        };
        Invocation text = Invocation.of(adopting).succeeds();
        assertTrue(text.err().contains("measuring the speed of this machine (1): MobileNet"), text.err());
        assertTrue(text.err().contains("drawing images of 16 pixels"), text.err());
        assertFalse((text.out() + text.err()).matches("(?s).*training (a|the) GAN.*"), text.out() + text.err());
        assertTrue(
                text.out().contains("trained before, in " + run.resolve("generators/dcgan") + ": 16 pixels"),
                text.out());
        JsonNode plan =
                JSON.readTree(Invocation.of(adopting, "--json").succeeds().out());
        assertEquals(0, plan.at("/estimate/gan_seconds").asDouble());
        assertEquals(0, plan.at("/estimate/measuring_seconds").asDouble());
        assertTrue(plan.at("/estimate/drawing_seconds").asDouble() > 0);
        assertEquals(
                run.resolve("generators/dcgan").toString(), plan.get("gan_run").asText());
        Invocation twice =
                Invocation.of(adopting, "--gan", run.resolve("generators/dcgan").toString());
        twice.fails(
                ExitCode.UNUSABLE_INPUT,
                "two runs of which each would be the generator dcgan",
                "leave one of them out");
        Invocation.of(adopting, "--arms", "none,both:dcgan", "--gan-size", "16")
                .fails(ExitCode.UNUSABLE_INPUT, "draws images of malignant", "both:dcgan needs a conditional one");
        Invocation.of(adopting, "--resplit", "--seeds", "0,1")
                .fails(ExitCode.WRONG_USAGE, "--resplit and --gan do not go together");
    }

    @Test
    void aDryRunSaysWhichArmsAreTheSame() throws IOException {
        Invocation text = tiny.experiment(
                        folder.resolve("dry"), "--dry-run", "--arms", "none,dcgan,dcgan+class-weights")
                .succeeds();
        assertTrue(text.out().contains("arm dcgan+class-weights is the same as dcgan here"), text.out());
    }

    @Test
    void whatIsNoArmIsWrongUsage() {
        Path none = folder.resolve("no-arm");
        tiny.experiment(none, "--arms", "none,dcgan:many")
                .fails(ExitCode.WRONG_USAGE, "'dcgan:many' is not an arm", "SOURCE[:N|@RATIO][+MODIFIER]", "'many'");
        tiny.experiment(none, "--arms", "none,gan")
                .fails(ExitCode.WRONG_USAGE, "no source 'gan'", "did you mean dcgan?");
        tiny.experiment(none, "--arms", "none,external:theirs")
                .fails(ExitCode.WRONG_USAGE, "external:theirs", "--external theirs=DIR");
        tiny.experiment(none, "--arms", "none,class-weights,none+class-weights")
                .fails(ExitCode.WRONG_USAGE, "each arm once", "none+class-weights");
        assertFalse(Files.exists(none));
    }
}
