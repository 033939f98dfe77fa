package org.lesionforge.backbone.inception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Extraction;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.lesionforge.metric.fidelity.PrecisionRecall;
import org.lesionforge.quality.MemoryImages;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.TestCard;

/** What is measured is measured in float32: the same beside a training, and to its rounding on a card. Of FID's network with random weights. */
final class RepeatableMeasuringTest {
    private static final FeatureLayer LAYER = InceptionArchitecture.MIXED_7C;
    private static final int SMALL = 75;
    private static final int USUAL = 299;
    /** So that some images of each set are among those of the other. */
    private static final int BRIGHTER = 16;

    /** Patches of colour, and in the second set brighter ones. */
    private static MemoryImages images(int set, int count, int side) {
        byte[] pixels = new byte[3 * count * side * side];
        int patch = 16;
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new Seed(set).at(i).random();
            int[][] colours = new int[(side / patch + 1) * (side / patch + 1)][];
            for (int k = 0; k < colours.length; k++) {
                colours[k] =
                        random.ints(3, BRIGHTER * set, BRIGHTER * set + 128).toArray();
            }
            for (int p = 0; p < side * side; p++) {
                int[] colour = colours[p / side / patch * (side / patch + 1) + p % side / patch];
                for (int c = 0; c < 3; c++) {
                    pixels[3 * (i * side * side + p) + c] = (byte) colour[c];
                }
            }
        }
        return new MemoryImages(pixels, count, side);
    }

    private static Features features(MemoryImages images, Compute compute) {
        Extraction extraction = new Extraction(
                "random", LAYER, false, images.side(), Normalisation.SIGNED_UNIT, Resize.PYTORCH_FID::apply);
        BackboneOptions fid = new BackboneOptions(InceptionArchitecture.V3, Pooling.FID_2015, 0, false, LAYER);
        try (BackboneExtractor extractor =
                new BackboneExtractor(fid.build(new Seed(1)), extraction, compute, Progress.SILENT)) {
            return extractor.extract(images).features();
        }
    }

    @Test
    void withinATrainingInBfloat16ItIsTheSame() {
        MemoryImages images = images(0, 3, SMALL);
        float[] alone = FeatureArray.of(features(images, Compute.cpu())).values();
        Compute half = Compute.of("cpu", Optional.of(Precision.BFLOAT16));
        try (Arithmetic training = half.training()) {
            assertArrayEquals(alone, FeatureArray.of(features(images, half)).values());
        }
    }

    @Tag("cuda")
    @Test
    void onACardDistancesAreThoseOfTheCpu() {
        Compute card = TestCard.in(Precision.TF32);
        MemoryImages real = images(0, 64, USUAL);
        MemoryImages fake = images(1, 64, USUAL);
        Features expectedReal = features(real, Compute.cpu());
        Features expectedFake = features(fake, Compute.cpu());
        Features actualReal;
        Features actualFake;
        // As beside a training that rounds.
        try (Arithmetic training = card.training()) {
            actualReal = features(real, card);
            actualFake = features(fake, card);
        }
        double expected = FrechetDistance.between(expectedReal, expectedFake);
        assertTrue(expected > 0);
        assertEquals(expected, FrechetDistance.between(actualReal, actualFake), 1e-5 * expected);
        assertEquals(
                PrecisionRecall.of(expectedReal, expectedFake, PrecisionRecall.NEIGHBOURS),
                PrecisionRecall.of(actualReal, actualFake, PrecisionRecall.NEIGHBOURS));
    }
}
