package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps what belongs to one split: the GAN trained on it and what the GAN drew; how near images of other
 * generators are.
 *
 * @param folder of the run itself, or below its {@code splits}
 */
public record SplitDirectory(Path folder) {
    /** {@return the folder of the GAN; it may not be there} */
    public Path gan() {
        return folder.resolve("gan");
    }

    /** {@return whether the GAN has its {@code best.json}, which is written last} */
    public boolean ganIsFinished() {
        return Files.exists(new RunLayout.GanLayout(gan()).best());
    }

    /**
     * {@return the table of what each draw of a seed is nearest to; written last, when the seed's images are complete}
     *
     * @param seed of the trials that train on the images
     */
    public Path similarities(long seed) {
        return synthetic(seed).resolve("similarity.csv");
    }

    /**
     * {@return the table of what each image of another generator is nearest to}
     *
     * @param name of the images, as after {@code external:} in an arm's word
     */
    public Path externalSimilarities(String name) {
        return folder.resolve("external").resolve(name).resolve("nearest.csv");
    }

    /** {@return the table of how near real images that the GAN has not seen are to those it has} */
    public Path heldOutSimilarities() {
        return folder.resolve("synthetic").resolve("held-out-similarity.csv");
    }

    /**
     * {@return the folder of the synthetic images that the trials of one seed train on}
     *
     * @param seed of the trials
     */
    public Path synthetic(long seed) {
        return folder.resolve("synthetic").resolve("seed" + seed);
    }
}
