package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.run.arm.ArmSource;

/**
 * Where a run keeps what belongs to one split: the generators trained on it, one of each family, and what they drew;
 * how near images of other generators are.
 *
 * <p>While there was one family alone, its generator was in {@code gan} and its images in {@code synthetic/seed<k>}. A
 * split that has that folder keeps these places for this family.
 *
 * @param folder of the run itself, or below its {@code splits}
 */
public record SplitDirectory(Path folder) {
    private static final String SIMILARITIES = "similarity.csv";

    /** {@return whether the split has a generator in {@code gan}} */
    private boolean hasOldPlaces() {
        return Files.isDirectory(oldGenerator());
    }

    private Path oldGenerator() {
        return folder.resolve("gan");
    }

    private Path generators() {
        return folder.resolve("generators");
    }

    /** {@return the names of the families that have a folder here, in alphabetical order} */
    public List<String> families() {
        List<String> families = new ArrayList<>();
        if (hasOldPlaces()) {
            families.add(ArmSource.OLD_FAMILY);
        }
        for (Path each : GanFiles.children(generators())) {
            String family = each.getFileName().toString();
            if (Files.isDirectory(each) && !families.contains(family)) {
                families.add(family);
            }
        }
        families.sort(null);
        return families;
    }

    /**
     * {@return the folder of a generator; it may not be there}
     *
     * @param family of the generator
     */
    public Path generator(String family) {
        return isInOldPlaces(family) ? oldGenerator() : generators().resolve(family);
    }

    private boolean isInOldPlaces(String family) {
        return family.equals(ArmSource.OLD_FAMILY) && hasOldPlaces();
    }

    /**
     * {@return whether a generator has its {@code best.json}, which is written last}
     *
     * @param family of the generator
     */
    public boolean isFinished(String family) {
        return Files.exists(new RunLayout.GanLayout(generator(family)).best());
    }

    private Path images(String family) {
        Path synthetic = folder.resolve("synthetic");
        return isInOldPlaces(family) ? synthetic : synthetic.resolve(family);
    }

    /**
     * {@return the folder of the images of a family that the trials of one seed train on}
     *
     * @param family of the generator that drew them
     * @param seed of the trials
     */
    public Path synthetic(String family, long seed) {
        return images(family).resolve("seed" + seed);
    }

    /**
     * {@return the table of what each draw of a seed is nearest to; written last, when the seed's images are complete}
     *
     * @param family of the generator that drew them
     * @param seed of the trials that train on the images
     */
    public Path similarities(String family, long seed) {
        return synthetic(family, seed).resolve(SIMILARITIES);
    }

    /**
     * {@return the folder of a seed's images of one class, where the generator draws of every class: each class is a set of its own}
     *
     * @param generator that drew them
     * @param seed of the trials
     * @param className of the images
     */
    public Path synthetic(String generator, long seed, String className) {
        Path all = synthetic(generator, seed);
        return ArmSource.isOfEveryClass(generator) ? OutputFolder.inside(all, className) : all;
    }

    /**
     * {@return the table of what each draw of a set is nearest to, as for all of a seed}
     *
     * @param generator that drew them
     * @param seed of the trials that train on the images
     * @param className of the images
     */
    public Path similarities(String generator, long seed, String className) {
        return synthetic(generator, seed, className).resolve(SIMILARITIES);
    }

    /**
     * {@return the tables of all sets that are complete}
     *
     * @param family of the generator that drew them
     */
    public List<Path> similarities(String family) {
        return GanFiles.children(images(family)).stream()
                .flatMap(seed -> ArmSource.isOfEveryClass(family) ? GanFiles.children(seed).stream() : Stream.of(seed))
                .map(set -> set.resolve(SIMILARITIES))
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * {@return the table of how near real images that a generator has not seen are to those it has}
     *
     * @param family of the generator
     */
    public Path heldOutSimilarities(String family) {
        return images(family).resolve("held-out-similarity.csv");
    }

    /**
     * {@return the table of what each image of another generator is nearest to}
     *
     * @param name of the images, as after {@code external:} in an arm's word
     */
    public Path externalSimilarities(String name) {
        return folder.resolve("external").resolve(name).resolve("nearest.csv");
    }
}
