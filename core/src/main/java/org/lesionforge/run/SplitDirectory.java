package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run keeps what belongs to one split: the GAN trained on it and what the GAN drew; how near images of other generators are. */
public record SplitDirectory(Path folder) {
    public Path gan() {
        return folder.resolve("gan");
    }

    public boolean ganIsFinished() {
        return Files.exists(new RunLayout.GanLayout(gan()).best());
    }

    /** What each draw of a seed is nearest to; written last, when the seed's images are complete. */
    public Path similarities(long seed) {
        return synthetic(seed).resolve("similarity.csv");
    }

    /** What each image of another generator is nearest to. */
    public Path externalSimilarities(String name) {
        return folder.resolve("external").resolve(name).resolve("nearest.csv");
    }

    /** How near real images that the GAN has not seen are to those it has. */
    public Path heldOutSimilarities() {
        return folder.resolve("synthetic").resolve("held-out-similarity.csv");
    }

    /** The synthetic images that the trials of one seed train on. */
    public Path synthetic(long seed) {
        return folder.resolve("synthetic").resolve("seed" + seed);
    }
}
