package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;

/** What is scarce, what differs from the paper, and what a run directory remembers. */
final class ExperimentPartsTest {
    @TempDir
    Path folder;

    private Dataset dataset() throws IOException {
        return SmallDataset.prepare(
                folder,
                List.of(
                        "a1,a,g1,train",
                        "a2,a,g2,train",
                        "b1,b,g3,train",
                        "b2,b,g4,train",
                        "b3,b,g5,train",
                        "b4,b,g6,train",
                        "c1,c,g7,train",
                        "c2,c,g8,train",
                        "c3,c,g9,train",
                        "a3,a,g10,test",
                        "b5,b,g11,test",
                        "c4,c,g12,test"));
    }

    private static ExperimentOptions options(Integer synthetic, Arm... arms) {
        return ExperimentOptions.DEFAULTS
                .with()
                .arms(List.of(arms))
                .protocol(Protocol.PAPER)
                .budget(Budget.EPOCHS)
                .additions(new Additions(synthetic, 1, false))
                .classifier(ClassifierOptions.paper())
                .build();
    }

    @Test
    void theScarcestClassLacksWhatTheLargestHasMore() throws IOException {
        TrainingPart training = dataset().training();
        assertEquals(
                Optional.of(new Imbalance("a", 2, 2)),
                options(null, Arm.NONE, Arm.of("dcgan")).imbalance(training));
        assertEquals(
                Optional.of(new Imbalance("a", 2, 7)),
                options(7, Arm.of("oversample")).imbalance(training));
        assertEquals(
                Optional.empty(), options(7, Arm.NONE, Arm.of("class-weights")).imbalance(training));
        TrainingPart alike = SmallDataset.prepare(
                        folder.resolve("alike"),
                        List.of("a1,a,g1,train", "b1,b,g2,train", "a2,a,g3,test", "b2,b,g4,test"))
                .training();
        String message = assertThrows(UnusableInputException.class, () -> options(null, Arm.of("dcgan"))
                        .imbalance(alike))
                .getMessage();
        assertTrue(message.contains("1 images of each class") && message.contains("--synthetic N"), message);
        assertEquals(
                Optional.of(new Imbalance("a", 1, 1)),
                options(1, Arm.of("dcgan")).imbalance(alike));
        assertEquals(
                Optional.of(new Imbalance("a", 1, 0)),
                options(null, Arm.of("dcgan:4")).imbalance(alike));
    }

    @Test
    void trialsSideBySideTakeTheirLastRoundWhole() {
        assertEquals(50, WorkAhead.inRounds(50, 5, 1), 1e-9);
        assertEquals(30, WorkAhead.inRounds(50, 5, 2), 1e-9, "two and two and one of 10 s each");
        assertEquals(20, WorkAhead.inRounds(60, 3, 3), 1e-9);
    }

    @Test
    void aRatioIsOfTheRealImagesOfTheScarceClass() throws IOException {
        TrainingPart training = dataset().training();
        ExperimentOptions options = options(null, Arm.of("dcgan@1.5"), Arm.of("dcgan@0.2+only"));
        String message = assertThrows(UnusableInputException.class, () -> options.imbalance(training))
                .getMessage();
        assertTrue(message.contains("dcgan@0.2+only") && message.contains("class 'a' has 2"), message);
        ExperimentOptions enough = options(null, Arm.of("dcgan@1.5"), Arm.of("dcgan@0.25+only"));
        Imbalance imbalance = enough.imbalance(training).orElseThrow();
        assertEquals(3, imbalance.addedBy(Arm.of("dcgan@1.5")));
        assertEquals(1, imbalance.addedBy(Arm.of("dcgan@0.25+only")), "half an image counts as one");
        assertEquals(4, imbalance.addedBy(Arm.of("dcgan+only")), "as many as the largest class");
    }

    @Test
    void imagesThatWereNotBroughtAlongAreAskedFor() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ExternalImages.requireNamed(
                                Set.of(), List.of(Arm.NONE, Arm.of("external:theirs@2+only"))))
                .getMessage();
        assertTrue(message.contains("external:theirs@2+only") && message.contains("--external theirs=DIR"), message);
    }

    @Test
    void armsThatComeToTheSameTrainingAreTrainedOnce() throws IOException {
        // Two classes, two and four images: nothing but the class weights of what is not balanced makes a difference.
        Dataset two = SmallDataset.prepare(
                folder.resolve("two"),
                List.of(
                        "a1,a,g1,train",
                        "a2,a,g2,train",
                        "b1,b,g3,train",
                        "b2,b,g4,train",
                        "b3,b,g5,train",
                        "b4,b,g6,train",
                        "a3,a,g7,test",
                        "b5,b,g8,test"));
        List<String> asked = List.of(
                "none",
                "class-weights",
                "dcgan+class-weights",
                "dcgan",
                "dcgan:2",
                "dcgan@1",
                "dcgan:3",
                "dcgan:3+class-weights",
                "oversample",
                "oversample+degraded",
                "dcgan+only",
                "dcgan-only:4",
                "dcgan-only+class-weights");
        ExperimentOptions options = options(null, asked.stream().map(Arm::of).toArray(Arm[]::new));
        EqualArms equal = EqualArms.of(two, options, arm -> false);
        assertEquals(
                List.of(
                        "none",
                        "none+class-weights",
                        "dcgan+class-weights",
                        "dcgan:3",
                        "dcgan:3+class-weights",
                        "oversample",
                        "oversample+degraded",
                        "dcgan+only"),
                equal.trained().stream().map(Arm::word).toList());
        assertEquals(
                List.of(
                        "dcgan = dcgan+class-weights",
                        "dcgan:2 = dcgan+class-weights",
                        "dcgan@1 = dcgan+class-weights",
                        "dcgan:4+only = dcgan+only",
                        "dcgan+class-weights+only = dcgan+only"),
                equal.others().stream()
                        .map(arm -> arm.name() + " = " + arm.sameAs())
                        .toList());
        String said = equal.others().get(1).toString();
        assertTrue(said.contains("both add as many images") && said.contains("every class weight is 1"), said);

        // What is trained already stands for the others, and for itself.
        List<Arm> finished = List.of(Arm.of("dcgan"), Arm.of("dcgan@1"));
        EqualArms resumed = EqualArms.of(two, options, finished::contains);
        assertEquals(
                List.of("dcgan", "dcgan@1"),
                resumed.trained().stream()
                        .map(Arm::word)
                        .filter(word -> word.startsWith("dcgan") && !word.contains("only") && !word.contains(":3"))
                        .toList());
        assertEquals(asked.size(), resumed.trained().size() + resumed.others().size());
    }

    @Test
    void whatThePaperDoesIsNoDifference() throws IOException {
        ExperimentOptions paper = options(null, Arm.NONE, Arm.of("dcgan"));
        List<String> differences =
                PaperDifferences.of(paper, dataset(), Map.of("Inception V3", Optional.empty()), "fid[x]");
        assertFalse(String.join(" ", differences).contains("instead of"), differences.toString());
        assertFalse(String.join(" ", differences).contains("validation part;"), differences.toString());
    }

    @Test
    void whatThePaperDoesNotIsSaid() throws IOException {
        ClassifierOptions classifier = ClassifierOptions.paper()
                .with()
                .size(75)
                .epochs(6)
                .flips(false)
                .microBatch(16)
                .build();
        ExperimentOptions ours = ExperimentOptions.DEFAULTS
                .with()
                .additions(new Additions(5, 0.9, false))
                .generators(Map.of(
                        "dcgan",
                        Dcgan.PAPER
                                .common(common -> common.size(16).epochs(30))
                                .own(own -> own.with().width(32).kernel(4).build())))
                .classifier(classifier)
                .build();
        String differences = String.join(
                "\n",
                PaperDifferences.of(ours, dataset(), Map.of("Inception V3", Optional.of("imagenet-approx")), "fd[x]"));
        for (String said : List.of(
                "12 images of ",
                "chosen on a validation part",
                "5 synthetic images are added, as asked for",
                "the same number of optimiser steps",
                "similarity above 0.9)",
                "The GAN's images: 16×16 instead of 64×64.",
                "GAN epochs: 30 instead of 300.",
                "GAN width: 32 instead of 128.",
                "GAN kernel: 4 instead of 5.",
                "Classifier input: 75×75 instead of 299×299.",
                "Classifier epochs: 6 instead of 20.",
                "weights imagenet-approx",
                "are not flipped",
                "batch normalisation sees 16 images",
                "measured with fd[x]")) {
            assertTrue(differences.contains(said), said + " is not in: " + differences);
        }
        assertFalse(differences.contains("GAN batch"), differences);
        assertFalse(differences.contains("are not turned"), differences);
    }

    @Test
    void aRunIsResumedWithItsOwnConfigurationAlone() throws IOException {
        Path out = folder.resolve("my run");
        RunDirectory run = RunDirectory.open(out, Map.of("epochs", 3), false);
        assertEquals("my_run", run.name());
        String message = assertThrows(
                        UnusableInputException.class, () -> RunDirectory.open(out, Map.of("epochs", 3), false))
                .getMessage();
        assertTrue(message.contains("--resume"), message);
        message = assertThrows(UnusableInputException.class, () -> RunDirectory.open(out, Map.of("epochs", 3), true))
                .getMessage();
        assertTrue(message.contains("another process is running the experiment in " + out), message);
        run.close();
        RunDirectory.open(out, Map.of("epochs", 3), true).close();
        message = assertThrows(UnusableInputException.class, () -> RunDirectory.open(out, Map.of("epochs", 4), true))
                .getMessage();
        assertTrue(message.contains("other options") && message.contains("config.json"), message);
        assertTrue(Files.readString(out.resolve("config.json")).contains("3"));
    }

    @Test
    void aRunRemembersItsArmsAndItsTime() throws IOException {
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), Map.of(), false)) {
            remembersItsArmsAndItsTime(run);
        }
        long start = System.nanoTime();
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), Map.of(), true)) {
            run.noteSeconds();
            double noted = Double.parseDouble(
                    Files.readString(folder.resolve("run/seconds.txt")).strip());
            assertTrue(noted > 3600.5 && noted <= 3600.5 + (System.nanoTime() - start) / 1e9, "all starts: " + noted);
        }
    }

    private static void remembersItsArmsAndItsTime(RunDirectory run) throws IOException {
        Trial trial =
                new Trial(Arm.of("dcgan:40+degraded"), new Trial.Classifier("inception-v3", "Inception V3", true), 5);
        assertTrue(run.result(trial).isEmpty());
        Path arm = run.trial(trial);
        Files.createDirectories(arm.resolve("checkpoints"));
        Files.writeString(arm.resolve("checkpoints/state-00000007.json"), "{}");
        assertEquals("arms/dcgan-40+degraded-seed5", run.relative(arm));
        // A test part of one class: its ROC-AUC is NaN.
        ClassificationEvaluation test = ClassificationEvaluation.of(
                new int[] {0, 0}, new double[][] {{0.75, 0.25}, {0.25, 0.75}}, List.of("a", "b"), "b");
        run.finish(
                trial,
                new ArmResult(
                        trial.arm().word(),
                        "inception-v3",
                        "title",
                        5,
                        Optional.empty(),
                        2,
                        Map.of("a", 4),
                        60,
                        Optional.of(30.0),
                        1,
                        test,
                        Optional.empty(),
                        12.5,
                        run.relative(arm),
                        9));
        ArmResult read = run.result(trial).orElseThrow();
        assertEquals(trial.arm(), read.arm());
        assertEquals(12.5, read.seconds());
        assertEquals(9, read.tta());
        assertEquals(0.5, read.test().accuracy());
        assertTrue(Double.isNaN(read.test().rocAuc()));
        assertFalse(Files.exists(arm.resolve("checkpoints")), "of no use to an arm that is finished, and large");

        Files.writeString(run.folder().resolve("seconds.txt"), "3600.5\n");
    }
}
