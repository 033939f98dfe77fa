package org.lesionforge.export;

import java.util.Locale;
import java.util.Map;
import org.lesionforge.image.RgbImage;

/**
 * An image that a classifier was trained or tested on.
 *
 * @param id as the trial's files have it
 * @param className its class
 * @param origin how it came about
 * @param texts that go into its file: who made it, where a generator did
 * @param pixels reads it
 */
record TrialImage(String id, String className, Origin origin, Map<String, String> texts, Pixels pixels) {
    /** How an image came about. */
    enum Origin {
        REAL,
        COPY,
        SYNTHETIC;

        /** The word used in files. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As {@link org.lesionforge.data.LabelledImages#read}, of one image. */
    @FunctionalInterface
    interface Pixels {
        void read(int side, byte[] target);
    }

    /** @param side in pixels */
    RgbImage at(int side) {
        byte[] bytes = new byte[3 * side * side];
        pixels.read(side, bytes);
        return RgbImage.wrap(side, side, bytes);
    }
}
