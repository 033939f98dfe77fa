package org.lesionforge.data.added;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.AddedImages;
import org.lesionforge.data.AugmentedTrainingPart;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.JpegWriter;

/** Sets that are joined, shuffled, and taken through what photographs went through. */
final class AddedImagesTest {
    private static final List<String> ROWS = List.of(
            "a1,a,g1,train",
            "a2,a,g2,train",
            "b1,b,g3,train",
            "b2,b,g4,train",
            "b3,b,g5,train",
            "t1,a,g6,test",
            "t2,b,g7,test");

    @TempDir
    Path folder;

    private TrainingPart training;
    private AddedImages both;

    @BeforeEach
    void prepare() throws IOException {
        training = SmallDataset.prepare(folder, ROWS).training();
        both = new JoinedImages(List.of(
                TrainingCopies.duplicates(training, "a", 20, 0), TrainingCopies.duplicates(training, "b", 30, 0)));
    }

    private static byte[] pixels(AddedImages images, int i) {
        byte[] pixels = new byte[3 * 16 * 16 + 2];
        images.read(i, 16, pixels, 2);
        return Arrays.copyOfRange(pixels, 2, pixels.length);
    }

    private static List<String> classes(AddedImages images) {
        return IntStream.range(0, images.size()).mapToObj(images::className).toList();
    }

    @Test
    void joinedSetsFollowEachOther() {
        assertEquals(50, both.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(i < 20 ? "a" : "b", both.className(i));
            String original = TrainingCopies.originalOf(both.id(i));
            assertTrue(original.startsWith(both.className(i)), both.id(i));
            int at = IntStream.range(0, training.size())
                    .filter(k -> training.id(k).equals(original))
                    .findFirst()
                    .orElseThrow();
            assertArrayEquals(training.at(16).image(at).pixels(), pixels(both, i));
            assertEquals(training.group(at), both.group(i));
            assertFalse(both.isSynthetic(i));
        }
        AugmentedTrainingPart part = training.plus(both);
        assertArrayEquals(new int[] {22, 33}, part.counts());
        assertEquals(0, part.label(5 + 19));
        assertEquals(1, part.label(5 + 20));
        assertEquals(0, part.syntheticCount());
    }

    @Test
    void shufflingChangesClassesAlone() {
        AddedImages shuffled = new ShuffledClasses(both, 7);
        assertEquals(classes(both), classes(shuffled).stream().sorted().toList(), "as many of each");
        assertNotEquals(classes(both), classes(shuffled));
        assertEquals(classes(shuffled), classes(new ShuffledClasses(both, 7)), "by the seed");
        assertNotEquals(classes(shuffled), classes(new ShuffledClasses(both, 8)));
        // Of 30 images that are b, 12 should now be called a: by chance hardly under 6 or over 18.
        long moved = IntStream.range(20, 50)
                .filter(i -> shuffled.className(i).equals("a"))
                .count();
        assertTrue(moved >= 6 && moved <= 18, moved + " of 30");
        for (int i = 0; i < 50; i++) {
            assertEquals(both.id(i), shuffled.id(i));
            assertArrayEquals(pixels(both, i), pixels(shuffled, i));
        }
        assertArrayEquals(training.plus(both).counts(), training.plus(shuffled).counts());
    }

    @Test
    void imagesOfAnUnknownClassAreRefused() throws IOException {
        TrainingPart other = SmallDataset.prepare(
                        folder.resolve("other"),
                        List.of("c1,c,g1,train", "d1,d,g2,train", "c2,c,g3,test", "d2,d,g4,test"))
                .training();
        AddedImages foreign = TrainingCopies.duplicates(other, "c", 1, 0);
        assertThrows(IllegalArgumentException.class, () -> training.plus(foreign));
    }

    @Test
    void whereNoFileIsAJpegImagesAreResizedAlone() {
        Acquisition acquisition = Acquisition.of(training.dataset(), training.ids());
        assertFalse(acquisition.compresses());
        assertEquals(16, acquisition.fileSide("any", 16));
        assertEquals(10, acquisition.fileSide("any", 5), "at most twice the side");
        AddedImages acquired = new AcquiredImages(both, acquisition, OptionalInt.of(16), OptionalInt.empty());
        assertArrayEquals(pixels(both, 4), pixels(acquired, 4), "files have 16 pixels, and so have the images");
        assertEquals(both.id(4), acquired.id(4));
    }

    @Test
    void jpegsOfTheDataSetCompressWhatIsAdded() throws IOException, UnreadableImageException {
        TrainingPart photographs =
                SmallDataset.prepare(folder.resolve("photographs"), ROWS, "jpg").training();
        Acquisition acquisition = Acquisition.of(photographs.dataset(), photographs.ids());
        assertTrue(acquisition.compresses());
        AddedImages acquired = new AcquiredImages(both, acquisition, OptionalInt.of(16), OptionalInt.empty());
        RgbImage image = RgbImage.wrap(16, 16, pixels(both, 4));
        assertArrayEquals(ImageDecoder.decode(JpegWriter.encode(image, 90)).pixels(), pixels(acquired, 4));
        assertFalse(Arrays.equals(image.pixels(), pixels(acquired, 4)));
    }

    /** ITU-T T.81, table K.1, scaled by libjpeg for quality 90: (20 · value + 50) / 100. */
    @Test
    void theQualityIsThatOfLibjpeg() {
        byte[] file = JpegWriter.encode(RgbImage.wrap(16, 16, new byte[3 * 256]), 90);
        int at = 0;
        while ((file[at] & 0xFF) != 0xFF || (file[at + 1] & 0xFF) != 0xDB) {
            at++;
        }
        // Marker, length, number of the table, then the values in zigzag order: 16, 11, 12, 14, 12, 10, 16, 14.
        assertArrayEquals(new byte[] {3, 2, 2, 3, 2, 2, 3, 3}, Arrays.copyOfRange(file, at + 5, at + 13));
    }
}
