package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.run.Results;

final class NetworksTextTest {
    private static final String MEAN =
            "The mean over the networks is +1.3 points, 95 % CI −0.4 to +2.9, for other test images and these networks.";

    @TempDir
    private Path folder;

    private Results read(String json) throws IOException {
        return Results.read(Files.writeString(folder.resolve("results.json"), json));
    }

    private String verdict(SeveralNetworks networks) throws IOException {
        List<String> verdicts = verdicts(read(networks.json()));
        assertEquals(1, verdicts.size());
        return verdicts.get(0);
    }

    private static List<String> verdicts(Results results) {
        return NetworksText.verdicts(results).stream()
                .map(verdict -> verdict.shown() + (verdict.evidence().isEmpty() ? "." : ": " + verdict.evidence()))
                .toList();
    }

    private static SeveralNetworks three() {
        return new SeveralNetworks("resnet-50", "mobilenet-v2", "vgg-16");
    }

    @Test
    void aGainThatOneNetworkShowsAloneIsSaidToBeThat() throws IOException {
        SeveralNetworks networks = three().area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", -0.25, -2, 1.5, 1)
                .area("dcgan", 0, -1, 1, 1);
        assertEquals(
                "Only resnet-50 of 3 networks shows a gain in ROC AUC with dcgan against none: resnet-50 +4.0 points, 95 % CI"
                        + " +1.0 to +7.0; mobilenet-v2 −0.3 points, 95 % CI −2.0 to +1.5; vgg-16 +0.0 points, 95 % CI −1.0 to"
                        + " +1.0. " + MEAN
                        + " Adjusted for all 3 planned tests of this experiment, that is more than chance with resnet-50.",
                verdict(networks));
        assertEquals(List.of(), NetworksText.losses(read(networks.json())));
    }

    @Test
    void aGainThatAllShowIsSaidToBeThat() throws IOException {
        String verdict = verdict(three().area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", 3, 0.5, 5.5, 0.06)
                .area("dcgan", 5, 2, 8, 0.001));
        assertTrue(verdict.startsWith("All 3 networks show a gain in ROC AUC with dcgan against none: "), verdict);
        assertTrue(
                verdict.endsWith(
                        "Adjusted for all 3 planned tests of this experiment, that is more than chance with resnet-50 and vgg-16."),
                verdict);
        verdict = verdict(new SeveralNetworks("resnet-50", "vgg-16")
                .area("dcgan", -4, -7, -1, 0.06)
                .area("dcgan", -4, -7, -1, 0.06));
        assertTrue(verdict.startsWith("Both networks show a loss in ROC AUC with dcgan against none: "), verdict);
        assertTrue(verdict.endsWith("2 planned tests of this experiment, none of that is more than chance."), verdict);
    }

    @Test
    void someOfThemAreCounted() throws IOException {
        String verdict = verdict(
                three().area("dcgan", 4, 1, 7, 0.02).area("dcgan", 0, -1, 1, 1).area("dcgan", 5, 2, 8, 0.001));
        assertTrue(verdict.startsWith("2 of 3 networks show a gain in ROC AUC with dcgan against none: "), verdict);
        verdict = verdict(three().area("dcgan", 0, -1, 1, 1)
                .area("dcgan", -4, -7, -1, 0.02)
                .area("dcgan", 0, -1, 1, 1));
        assertTrue(verdict.startsWith("Only mobilenet-v2 of 3 networks shows a loss in ROC AUC with"), verdict);
    }

    @Test
    void whereNoneShowsAnythingThereIsNothingToAdjust() throws IOException {
        SeveralNetworks networks = three();
        for (int i = 0; i < 3; i++) {
            networks.area("dcgan", 0.5, -1, 2, 1);
        }
        String verdict = verdict(networks);
        assertTrue(
                verdict.startsWith("None of 3 networks shows a gain or a loss in ROC AUC with dcgan against none: "),
                verdict);
        assertTrue(verdict.endsWith(". " + MEAN), verdict);
        verdict = verdict(new SeveralNetworks("resnet-50", "vgg-16")
                .area("dcgan", Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                .area("dcgan", 0, -1, 1, 1));
        assertTrue(verdict.startsWith("Neither of 2 networks shows a gain or a loss"), verdict);
        assertTrue(verdict.contains(": resnet-50 undefined; vgg-16 +0.0 points"), verdict);
    }

    @Test
    void networksThatContradictEachOtherAreBothCounted() throws IOException {
        String verdict = verdict(three().area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", -3, -5, -1, 0.2)
                .area("dcgan", 5, 2, 8, 0.001));
        assertTrue(
                verdict.startsWith(
                        "The networks contradict each other in ROC AUC with dcgan against none, for 2 of 3 show a gain"
                                + " and 1 a loss: resnet-50 +4.0 points, 95 % CI +1.0 to +7.0; mobilenet-v2 −3.0 points, 95 % CI"
                                + " −5.0 to −1.0; "),
                verdict);
    }

    @Test
    void aGainDoesNotHideAFallInSensitivity() throws IOException {
        SeveralNetworks networks = three().area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", 4, 1, 7, 0.02)
                .sensitivity(OperatingPoint.HALF, 2, -1, 5)
                .sensitivity(OperatingPoint.HALF, -12, -20, -4)
                .sensitivity(OperatingPoint.HALF, -2, -6, 2)
                .sensitivity(OperatingPoint.VALIDATION, -8, -15, -1)
                .sensitivity(OperatingPoint.VALIDATION, -9, -16, -2)
                .sensitivity(OperatingPoint.VALIDATION, 1, -3, 5);
        assertEquals(
                List.of(
                        "What falls with dcgan against none: sensitivity at ½ with mobilenet-v2 (−12.0 points, 95 % CI −20.0 to"
                                + " −4.0); sensitivity at the validation threshold with resnet-50 (−8.0 points, 95 % CI −15.0 to −1.0)"
                                + " and mobilenet-v2 (−9.0 points, 95 % CI −16.0 to −2.0)."),
                NetworksText.losses(read(networks.json())));
        assertTrue(
                verdict(networks).contains("Adjusted for all 6 planned tests"),
                "three of ROC AUC and three at the validation threshold");
    }

    /** A screen has room for three arms one by one; more are named together where nothing is shown with them. */
    @Test
    void ofManyArmsThoseWithNothingToSayAreNamedTogether() throws IOException {
        SeveralNetworks networks = new SeveralNetworks("resnet-50", "vgg-16");
        for (String arm : List.of("dcgan", "oversample", "none+class-weights", "lapgan")) {
            boolean gains = arm.equals("lapgan");
            networks.area(arm, 4, gains ? 1 : -1, 7, 0.02).area(arm, 0, -1, 1, 1);
        }
        List<String> verdicts = verdicts(read(networks.json()));
        assertEquals(2, verdicts.size(), verdicts.toString());
        assertTrue(
                verdicts.get(0).startsWith("Only resnet-50 of 2 networks shows a gain in ROC AUC with lapgan against"));
        assertEquals(
                "Neither of 2 networks shows a gain or a loss in ROC AUC with dcgan, oversample and none+class-weights against"
                        + " none.",
                verdicts.get(1));
    }

    @Test
    void ofOneNetworkThereIsNothingToSay() throws IOException {
        Results results = read(FakeRun.RESULTS);
        assertEquals(List.of(), verdicts(results));
        assertEquals(List.of(), NetworksText.losses(results));
    }
}
