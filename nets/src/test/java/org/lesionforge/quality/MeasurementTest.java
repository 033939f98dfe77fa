package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.ImageSet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.source.FeatureFile;
import org.lesionforge.quality.source.FolderImages;
import org.lesionforge.quality.source.Source;

/** What is measured, wherever features and images come from. */
final class MeasurementTest {
    @TempDir
    Path folder;

    @Test
    void numbersOfVectorsInAFileAreThoseOfVectorsInMemory() throws IOException {
        FeatureArray real = random(90, 1);
        FeatureArray fake = random(70, 2);
        FeatureFile.write(folder.resolve("real.npy"), real);
        FeatureFile.write(folder.resolve("fake.npy"), fake);
        try (Source realFile = Source.open(folder.resolve("real.npy").toString(), Progress.SILENT);
                Source fakeFile = Source.open(folder.resolve("fake.npy").toString(), Progress.SILENT)) {
            assertEquals(
                    measured(real, fake).metrics(),
                    measured(
                                    realFile.features().orElseThrow(),
                                    fakeFile.features().orElseThrow())
                            .metrics());
        }
    }

    /** Features are kept by this hash: a smaller image must not be taken for the one that it was made of. */
    @Test
    void aMatchedImageHasAHashOfItsOwn() throws IOException {
        PngWriter.write(RgbImage.wrap(3, 3, new byte[27]), Map.of(), folder.resolve("black.png"));
        ImageSet images = FolderImages.open(folder, Progress.SILENT);
        assertNotEquals(images.sha256(0), new MatchedImages(images, 2).sha256(0));
        assertEquals(images.sha256(0), new MatchedImages(images, 3).sha256(0));
    }

    private static Measurement measured(Features real, Features fake) {
        Measurement measurement = new Measurement("fd-20[given features]", "");
        measurement.compare(
                real,
                new Activations(fake, Optional.of(fake)),
                EnumSet.complementOf(EnumSet.of(MetricGroup.MEMORISATION)),
                3);
        measurement.addMemorisation(fake, real, Optional.of(fake));
        assertTrue(measurement.missing().isEmpty(), measurement.missing().toString());
        return measurement;
    }

    private static FeatureArray random(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n * 20];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FeatureArray(n, 20, values);
    }
}
