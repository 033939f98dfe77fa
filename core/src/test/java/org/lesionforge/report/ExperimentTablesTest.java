package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Results;

final class ExperimentTablesTest {
    @TempDir
    Path folder;

    @Test
    void tablesAreLaidOutAsInThePaper() throws Exception {
        assertEquals(
                """
                Table 1: precision, recall and F1 score. Original data.

                  Classes    precision  recall  f1-score  support
                  benign         0.818   0.900     0.857       40
                  malignant      0.750   0.600     0.667       20

                Table 2: precision, recall and F1 score. Balanced with DCGAN images.

                  Classes    precision  recall  f1-score  support
                  benign         0.875   0.875     0.875       40
                  malignant      0.750   0.750     0.750       20

                Table 3: accuracy on 4 test images.

                  Approach                    Accuracy score
                  Original data                       0.8000
                  Balanced with DCGAN images          0.8333

                From “Original data” to “Balanced with DCGAN images”, accuracy changed by +3.33 percentage points \
                (95 % CI −5.00 to +11.67 points, exact McNemar p = 0.688, adjusted = 0.688). This is not shown to be more than chance. \
                Each arm was trained once, so the spread between training runs is not in these numbers.
                In the arm dcgan the scarce class alone has generated images, so that a classifier can learn that what looks \
                generated is of that class: what this arm gains or loses may be that. An arm both:FAMILY adds images of every class in \
                the same ratio.
                Accuracy is 0.800 (“Original data”), 0.833 (“Balanced with DCGAN images”); always “benign”: 0.667.
                """,
                ExperimentTables.text(tree(FakeRun.RESULTS)));
    }

    /** As version 0.1 wrote it, an infinite t and all. */
    private static String ofEqualSeeds(String std) {
        return FakeRun.RESULTS
                .replaceFirst("\"seeds\": \\[0\\]", "\"seeds\": [0, 1]")
                .replace(
                        "\"value\": 0.8, \"ci95\": [0.7, 0.9], \"std\": null",
                        "\"value\": 0.8, \"ci95\": [0.7, 0.9], \"std\": 1e-17")
                .replace(
                        "\"value\": 0.2, \"ci95\": [\"NaN\", \"NaN\"], \"std\": null",
                        "\"value\": 0.2, \"ci95\": [\"NaN\", \"NaN\"], \"std\": " + std)
                .replace(
                        "\"over_seeds\": null",
                        """
                        "over_seeds": {"difference": {"n": 2, "mean": 0.03333, "std": 0, "ci95": [0.03333, 0.03333]},
                          "t": "Infinity", "p_student": 0, "p_sign_flip": 0.5}
                        """);
    }

    @Test
    void anArmThatComesToTheSameInEverySeedIsSaid() throws Exception {
        String sentence =
                "The results of the arm none are the same in every seed: what it trains has no chance in it, so"
                        + " that the seeds do not say whether training again would show a difference.\n";
        assertTrue(ExperimentTables.text(tree(ofEqualSeeds("0"))).contains(sentence));
        assertFalse(ExperimentTables.text(tree(ofEqualSeeds("0.001"))).contains("the same in every seed"));
        assertFalse(ExperimentTables.text(tree(ofEqualSeeds("0").replace("\"resplit\": false", "\"resplit\": true")))
                .contains("the same in every seed"));
    }

    @Test
    void anArmThatWasNotTrainedIsSaid() throws Exception {
        String results = FakeRun.RESULTS.replaceFirst(
                "\\{",
                "{\"equal_arms\": [{\"name\": \"dcgan+class-weights\", \"same_as\": \"dcgan\","
                        + " \"reason\": \"every class weight is 1\"}],");
        assertTrue(ExperimentTables.text(tree(results))
                .endsWith("The arm dcgan+class-weights was not trained: here it is the same as dcgan, since every class"
                        + " weight is 1.\n"));
    }

    @Test
    void verdictFollowsTheNumbers() throws Exception {
        String loss =
                FakeRun.RESULTS.replace("[-0.05, 0.11667]", "[-0.09, -0.01]").replace("0.6875", "0.0002");
        assertTrue(ExperimentTables.text(tree(loss))
                .contains("p < 0.001, adjusted < 0.001). On this test part the loss is larger than chance"));
        String mixed = FakeRun.RESULTS.replace("0.6875", "0.03");
        assertTrue(ExperimentTables.text(tree(mixed)).contains("disagree"));
    }

    @Test
    void severalSeedsShowMeanAndSpread() throws Exception {
        // ArmRuns "dcgan" becomes a second seed of "none": accuracies 0.8 and 0.83333.
        String seeds = FakeRun.RESULTS.replace("\"name\": \"dcgan\"", "\"name\": \"none\"");
        assertTrue(ExperimentTables.text(tree(seeds)).contains("0.8167 ± 0.0236"));
    }

    @Test
    void whatIsMissingIsNamed() {
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> ExperimentTables.text(tree(FakeRun.RESULTS.replace("\"recall\": 0.9,", ""))))
                .getMessage();
        assertTrue(message.contains("'arms[0].test.per_class.benign.recall' is missing"), message);
    }

    private Results tree(String json) throws Exception {
        return Results.read(Files.writeString(folder.resolve("results.json"), json));
    }
}
