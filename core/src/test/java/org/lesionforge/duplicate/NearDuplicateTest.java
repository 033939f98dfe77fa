package org.lesionforge.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.StopAfter;
import org.lesionforge.Tampering;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomLesion;
import org.lesionforge.phantom.Phantoms;

class NearDuplicateTest {
    private static final int SIDE = 128;

    private static RgbImage phantom(int lesion, long photograph) {
        return Phantoms.draw(PhantomLesion.of(lesion % 2 == 0, 100 + lesion), photograph, SIDE);
    }

    private static List<NearDuplicate> among(List<RgbImage> images) {
        return NearDuplicate.among(images.stream().map(Thumbnail::of).toList(), Progress.SILENT);
    }

    @Test
    void aCancellationEndsTheComparison() {
        List<Thumbnail> images = Collections.nCopies(200, Thumbnail.of(phantom(0, 1)));
        StopAfter stopper = new StopAfter("comparing images", 3);
        assertThrows(InterruptedRunException.class, () -> NearDuplicate.among(images, stopper));
        int cores = Runtime.getRuntime().availableProcessors();
        assertTrue(stopper.told().size() <= 3 + cores, stopper.told().toString());
    }

    @Test
    void findsEachKindOfCopyAndSaysHowItLies() {
        RgbImage image = phantom(0, 1);
        List<RgbImage> copies = List.of(
                image,
                Tampering.jpeg(image, 0.4f),
                Resampler.resize(image, 50, 50, Filter.BILINEAR),
                Tampering.laidOver(image, true, 0),
                Tampering.laidOver(image, false, 1),
                Tampering.laidOver(image, true, 1),
                Tampering.cropped(image, 0.1, 0, 1),
                Tampering.brighter(image, 1.1));
        List<String> expected = List.of(
                "same frame",
                "same frame",
                "same frame",
                "mirrored",
                "turned",
                "turned and mirrored",
                "90 % of the frame",
                "same frame");
        for (int i = 0; i < copies.size(); i++) {
            List<NearDuplicate> found = among(List.of(image, phantom(1, 1), copies.get(i)));
            assertEquals(1, found.size(), expected.get(i));
            assertEquals(0, found.get(0).a());
            assertEquals(2, found.get(0).b());
            assertEquals(expected.get(i), found.get(0).how());
        }
    }

    @Test
    void betweenTwoSetsPairsOfOneSetDoNotCount() {
        RgbImage copied = phantom(0, 1);
        RgbImage twice = phantom(1, 1);
        List<Thumbnail> some = Stream.of(twice, phantom(2, 1), Tampering.laidOver(copied, true, 0), twice)
                .map(Thumbnail::of)
                .toList();
        List<Thumbnail> others = Stream.of(phantom(3, 1), copied, phantom(4, 1), phantom(4, 1))
                .map(Thumbnail::of)
                .toList();
        List<NearDuplicate> found = NearDuplicate.between(some, others, Progress.SILENT);
        assertEquals(1, found.size(), found.toString());
        assertEquals(2, found.get(0).a());
        assertEquals(1, found.get(0).b());
        assertEquals(List.of(), NearDuplicate.between(some, List.of(), Progress.SILENT));
    }

    /** Copies changed in every way at once, by random amounts. */
    @Test
    void findsAllPlantedCopiesAndNothingElse() {
        SplittableRandom random = new SplittableRandom(3);
        int lesions = 40;
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < lesions; i++) {
            images.add(phantom(i, 1));
        }
        for (int i = 0; i < lesions; i++) {
            RgbImage copy = Tampering.laidOver(images.get(i), random.nextInt(2) == 1, random.nextInt(4));
            copy = Tampering.cropped(copy, 0.1 * random.nextDouble(), random.nextDouble(), random.nextDouble());
            int side = 80 + random.nextInt(120);
            copy = Resampler.resize(copy, side, side, Filter.BICUBIC);
            images.add(Tampering.jpeg(
                    Tampering.brighter(copy, 0.9 + 0.2 * random.nextDouble()),
                    0.4f + 0.5f * random.nextInt(100) / 100));
        }
        // Two photographs of one lesion are no copies of each other.
        for (int i = 0; i < lesions; i++) {
            images.add(phantom(i, 2));
        }
        List<NearDuplicate> found = among(images);
        for (int i = 0; i < lesions; i++) {
            int original = i;
            assertTrue(
                    found.stream().anyMatch(pair -> pair.a() == original && pair.b() == original + lesions),
                    "the copy of image " + i);
        }
        assertEquals(lesions, found.size(), () -> "false alarms among " + found);
        assertTrue(found.stream().allMatch(pair -> pair.similarity() >= 0.95 && pair.similarity() <= 1.0000001));
    }

    @Test
    void seesNothingInImagesWithoutDetail() {
        byte[] grey = new byte[3 * 64 * 64];
        RgbImage flat = RgbImage.wrap(64, 64, grey);
        assertEquals(List.of(), among(List.of(flat, flat)));
    }
}
