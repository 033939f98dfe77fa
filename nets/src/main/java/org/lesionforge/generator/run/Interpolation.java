package org.lesionforge.generator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.generator.LatentSampler;
import org.lesionforge.generator.Sampler;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.AnimatedPng;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Seed;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.Range;

/**
 * A walk through a generator's images along {@link LatentSampler#between paths} from latent to latent and back to the first: whether
 * images change smoothly, as with a generator that has learned its class, or jump from one training image to the next.
 *
 * @param latents that the walk comes through, at least 2: latents 0, 1, … of {@code seed}, as {@code gan sample} draws them
 * @param steps images from one latent to the next, at least 1
 * @param milliseconds that each image stays in the animation, 1 to 65535
 * @param seed of the latents
 */
public record Interpolation(int latents, int steps, int milliseconds, long seed) {
    /** The still picture that {@link #write} makes. */
    public static final String STRIP = "strip.png";
    /** The animated PNG that {@link #write} makes. */
    public static final String ANIMATION = "walk.png";

    private static final int GAP = 2;

    /**
     * Refuses a walk without a way.
     *
     * @param latents at least 2
     * @param steps at least 1
     * @param milliseconds 1 to 65535
     * @param seed any
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public Interpolation {
        Range.require(latents >= 2, "the generator's latents to walk between", "at least 2", latents);
        Range.require(steps >= 1, "the generator's steps from latent to latent", "at least 1", steps);
        Range.require(
                milliseconds >= 1 && milliseconds <= 0xFFFF,
                "the generator's time of a frame",
                "1 to 65535 ms",
                milliseconds);
    }

    /**
     * Writes {@link #STRIP}, a row for each way from one latent to the next, and {@link #ANIMATION}, the same images one after the other as an
     * animated PNG. The same run, snapshot and seed give the same bytes.
     *
     * @param run of the generator
     * @param drawn the class of the images, which goes into the pictures' descriptions
     * @param snapshot what to draw from
     * @param compute where the generator is sent
     * @param folder that is not there yet or is empty
     * @throws IOException when a picture cannot be written
     * @throws UnusableInputException when {@code folder} already holds something, the run has no such snapshot, or its images do not follow from
     *     latents
     */
    public void write(GeneratorRun run, LearnedClasses.Drawable drawn, Snapshot snapshot, Compute compute, Path folder)
            throws IOException {
        OutputFolder.requireFree(folder);
        List<RgbImage> images;
        try (Sampler sampler = run.sampler(snapshot, compute)) {
            if (!(sampler instanceof LatentSampler latentSampler)) {
                throw new UnusableInputException(run.folder() + " is of the family "
                        + run.config().family() + ", whose images do not follow from latents that lie between others;"
                        + " there is no way to walk from one to the next");
            }
            images = latentSampler.images(path(latentSampler), drawn.label());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(
                "Description",
                "synthetic images, class " + drawn.name() + ", on a path between latents; not photographs "
                        + "of patients");
        texts.put("Software", "Lesionforge");
        texts.put("Source", snapshot + ", seed " + seed + ", " + latents + " latents, " + steps + " steps");
        texts.put("Generator-SHA256", Sha256.of(run.snapshotFile(snapshot)));
        PngWriter.write(ContactSheet.of(images, steps, GAP), texts, folder.resolve(STRIP));
        AnimatedPng.write(images, milliseconds, texts, folder.resolve(ANIMATION));
    }

    /** The points of the walk: {@code latents × steps}, the first latent not repeated at the end. */
    List<float[]> path(LatentSampler sampler) {
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < latents; i++) {
            float[] from = latent(sampler, i);
            float[] to = latent(sampler, (i + 1) % latents);
            for (int step = 0; step < steps; step++) {
                points.add(sampler.between(from, to, (double) step / steps));
            }
        }
        return points;
    }

    private float[] latent(LatentSampler sampler, int index) {
        return sampler.latent(new Seed(seed).of("samples"), index);
    }
}
