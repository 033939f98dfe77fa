package org.lesionforge.phantom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;

/** Draws dermoscopy-like images of invented lesions. */
public final class Phantoms {
    /** Small images are drawn at a larger size and averaged, or the pigment network would alias. */
    private static final int DRAWN_AT_LEAST = 128;

    private static final String TASK = "drawing phantoms";

    private Phantoms() {}

    /**
     * One photograph of a lesion. The same lesion and seed give the same pixels on every machine. Photographs of one
     * lesion differ in pose, light, hair, other artefacts and noise.
     *
     * @param lesion the same one in each of its photographs
     * @param photographSeed of pose, light, hair, other artefacts and noise
     * @param size side in pixels, {@value PhantomOptions#SMALLEST} to {@value PhantomOptions#LARGEST}; what is shown
     *     does not depend on it
     * @return {@code size × size} pixels
     * @throws IllegalArgumentException when the size is out of its range
     */
    public static RgbImage draw(PhantomLesion lesion, long photographSeed, int size) {
        PhantomOptions.checkSize(size);
        int factor = Math.max(1, (DRAWN_AT_LEAST + size - 1) / size);
        Camera camera = new Camera(Photograph.of(photographSeed));
        Skin skin = new Skin(SplitMix64.of(lesion.seed(), "skin"));
        return camera.take(skin, new Lesion(lesion), size * factor).toImage(factor);
    }

    /**
     * Writes {@code benign/*.png}, {@code malignant/*.png} and {@code metadata.csv}
     * ({@code image_id,label,lesion_id,path}) on all cores.
     *
     * @param folder is made when it is missing
     * @param options how many lesions, how large, and the seed
     * @param progress advances by image
     * @return number of images
     * @throws org.lesionforge.io.UnusableInputException when the folder holds anything
     * @throws IOException when it cannot be written
     */
    public static int write(Path folder, PhantomOptions options, Progress progress) throws IOException {
        OutputFolder.requireFree(folder);
        List<Shot> shots = shots(options);
        AtomicInteger done = new AtomicInteger();
        try {
            shots.parallelStream().forEach(shot -> {
                progress.cancellation().throwIfRequested(TASK, done.get(), shots.size());
                shot.write(folder, options);
                progress.advance(TASK, done.incrementAndGet(), shots.size(), "");
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        StringBuilder table = new StringBuilder("image_id,label,lesion_id,path\n");
        for (Shot shot : shots) {
            table.append(String.join(",", shot.id(), shot.lesion().label(), shot.lesionId(), shot.path()))
                    .append('\n');
        }
        AtomicFile.writeString(folder.resolve("metadata.csv"), table.toString());
        return shots.size();
    }

    /** Every photograph that the options ask for, in the order of the table. */
    static List<Shot> shots(PhantomOptions options) {
        List<Shot> shots = new ArrayList<>();
        addShots(options, false, options.benignLesions(), shots);
        addShots(options, true, options.malignantLesions(), shots);
        return shots;
    }

    private static void addShots(PhantomOptions options, boolean malignant, int lesions, List<Shot> shots) {
        for (int i = 0; i < lesions; i++) {
            PhantomLesion lesion = PhantomLesion.of(malignant, SplitMix64.seed(options.seed(), "lesion", i));
            SplitMix64 random = SplitMix64.of(lesion.seed(), "photographs");
            int number = 1;
            while (number < PhantomOptions.MOST_PHOTOGRAPHS && random.chance(options.again())) {
                number++;
            }
            String lesionId = String.format(Locale.ROOT, "PL_%s%06d", malignant ? "M" : "B", i);
            for (int photograph = 0; photograph < number; photograph++) {
                shots.add(new Shot(lesion, lesionId, photograph));
            }
        }
    }

    /** One photograph of a lesion that is still to be drawn. */
    record Shot(PhantomLesion lesion, String lesionId, int number) {
        long seed() {
            return SplitMix64.seed(lesion.seed(), "photograph", number);
        }

        String id() {
            return lesionId + "_" + number;
        }

        String path() {
            return lesion.label() + "/" + id() + ".png";
        }

        void write(Path folder, PhantomOptions options) {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("Software", "Lesionforge");
            texts.put("Source", "phantom, drawn by a program: no patient, no photograph");
            texts.put("Comment", "seed " + options.seed() + ", lesion " + lesionId + ", photograph " + number);
            try {
                RgbImage image = draw(lesion, seed(), options.size());
                PngWriter.write(image, texts, folder.resolve(path()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
