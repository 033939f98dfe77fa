package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.run.Results;

final class NetworksTableTest {
    @TempDir
    private Path folder;

    private Results read(String json) throws IOException {
        return Results.read(Files.writeString(folder.resolve("results.json"), json));
    }

    private String text(SeveralNetworks networks) throws IOException {
        return new NetworksTable(read(networks.json())).text();
    }

    private static SeveralNetworks three() {
        return new SeveralNetworks("resnet-50", "mobilenet-v2", "vgg-16")
                .area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", -0.25, -2, 1.5, 1)
                .area("dcgan", 0, -1, 1, 1);
    }

    @Test
    void aRowForEachNetworkAndOneSentenceForTheArm() throws IOException {
        assertEquals(
                """
                Networks: changes against none in percentage points, p adjusted for all 3 planned tests, sensitivity at ½; \
                a mean is over these networks, its interval over test images; other measures are in the report. \
                Each arm was trained once, so the spread between training runs is not in these numbers.

                  arm and network      ROC AUC         95 % CI  adjusted p  sensitivity          95 % CI
                  dcgan, resnet-50       +4.00  +1.00 to +7.00       0.020        +2.00   −1.00 to +5.00
                  dcgan, mobilenet-v2    −0.25  −2.00 to +1.50       1.000       −12.00  −20.00 to −4.00
                  dcgan, vgg-16          +0.00  −1.00 to +1.00       1.000        −2.00   −6.00 to +2.00
                  dcgan, mean of 3       +1.25  −0.40 to +2.90           –        +1.25   −0.40 to +2.90

                Only resnet-50 of 3 networks shows a gain in ROC AUC with dcgan against none; adjusted for all 3 planned \
                tests of this experiment, that is more than chance with resnet-50; sensitivity at ½ falls with mobilenet-v2.
                """,
                text(three().sensitivity(OperatingPoint.HALF, 2, -1, 5)
                        .sensitivity(OperatingPoint.HALF, -12, -20, -4)
                        .sensitivity(OperatingPoint.HALF, -2, -6, 2)));
    }

    /** Where there is a threshold from validation, the table has sensitivity there; a fall at ½ is said all the same. */
    @Test
    void sensitivityIsThatOfTheThresholdFromValidation() throws IOException {
        String text = text(three().sensitivity(OperatingPoint.HALF, 2, -1, 5)
                .sensitivity(OperatingPoint.HALF, -12, -20, -4)
                .sensitivity(OperatingPoint.HALF, -2, -6, 2)
                .sensitivity(OperatingPoint.VALIDATION, -8.25, -15, -1)
                .sensitivity(OperatingPoint.VALIDATION, -9, -16, -2)
                .sensitivity(OperatingPoint.VALIDATION, 1, -3, 5));
        assertTrue(text.contains("p adjusted for all 6 planned tests, sensitivity at the validation threshold;"), text);
        assertTrue(text.contains("0.020        −8.25  −15.00 to −1.00\n"), text);
        assertTrue(
                text.endsWith(
                        "; sensitivity at ½ falls with mobilenet-v2; sensitivity at the validation threshold falls with"
                                + " resnet-50 and mobilenet-v2.\n"),
                text);
    }

    @Test
    void everyArmHasItsRowsAndItsSentence() throws IOException {
        SeveralNetworks networks = new SeveralNetworks("resnet-50", "vgg-16");
        List<String> arms = List.of("dcgan", "oversample", "none+class-weights", "lapgan");
        for (String arm : arms) {
            networks.area(arm, 4, arm.equals("lapgan") ? 1 : -1, 7, 0.2).area(arm, 0, -1, 1, 1);
        }
        String text = text(networks);
        for (String arm : arms) {
            assertTrue(
                    text.contains("\n  " + arm + ", resnet-50 ") && text.contains("\n  " + arm + ", mean of 2 "), text);
        }
        assertTrue(
                text.endsWith(
                        "\nNeither of 2 networks shows a gain or a loss in ROC AUC with none+class-weights against none.\n"
                                + "Only resnet-50 of 2 networks shows a gain in ROC AUC with lapgan against none; adjusted for all 8"
                                + " planned tests of this experiment, none of that is more than chance.\n"),
                text);
    }

    @Test
    void whatIsUndefinedIsADash() throws IOException {
        String text = text(new SeveralNetworks("resnet-50", "vgg-16")
                .area("dcgan", Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                .area("dcgan", 0, -1, 1, 1));
        assertTrue(
                text.contains("\n  dcgan, resnet-50        –               –           –            –        –\n"),
                text);
        assertTrue(text.contains(" p adjusted for all 1 planned tests,"), text);
    }

    @Test
    void theTextHasItInPlaceOfASentenceForEachComparison() throws IOException {
        String text = ExperimentTables.text(read(three().json()));
        int accuracies = text.indexOf("\nTable 7: accuracy on 4 test images.");
        int table = text.indexOf("\nNetworks: ");
        int caveat = text.indexOf("\nIn the arm dcgan the scarce class alone");
        assertTrue(0 < accuracies && accuracies < table && table < caveat, text);
        assertFalse(text.contains("From “"), text);
        assertEquals(
                caveat, text.lastIndexOf("\nIn the arm dcgan the scarce class alone"), "once, not with each network");
        assertFalse(ExperimentTables.text(read(FakeRun.RESULTS)).contains("Networks: "), "of a single network");
    }

    @Test
    void withoutASecondArmThereIsNothingToCompare() throws IOException {
        assertEquals("", text(new SeveralNetworks("resnet-50", "vgg-16")));
    }
}
