package org.lesionforge.generator;

import java.util.List;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Seed;

/** A sampler whose images each follow from a vector, so that there are images between two others. */
public interface LatentSampler extends Sampler {
    /**
     * {@return the vector of image {@code index} of a seed}
     *
     * @param seed of all images
     * @param index of the image
     */
    float[] latent(Seed seed, long index);

    /**
     * {@return a point on the way between two vectors, distributed as these are}
     *
     * @param from where {@code t} is 0
     * @param to where {@code t} is 1; independent of {@code from}
     * @param t in [0, 1]
     */
    float[] between(float[] from, float[] to, double t);

    /**
     * Draws the images of given vectors.
     *
     * @param latents as {@link #latent} and {@link #between} give them
     * @param label their class; 0 where the family is not conditional
     * @return as {@link #pixels(Seed, long, int, int)}
     */
    byte[] pixels(List<float[]> latents, int label);

    /**
     * Draws the images of given vectors in colour.
     *
     * @param latents as {@link #latent} and {@link #between} give them
     * @param label their class; 0 where the family is not conditional
     * @return the images
     */
    default List<RgbImage> images(List<float[]> latents, int label) {
        return RgbPixels.split(pixels(latents, label), side(), channels());
    }
}
