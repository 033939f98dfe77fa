package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.run.arm.DrawnSet;

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
     * {@return the folder of the images that the trials of one seed train on}
     *
     * @param set of the images
     * @param seed of the trials
     */
    public Path synthetic(DrawnSet set, long seed) {
        return images(set.name()).resolve("seed" + seed);
    }

    /**
     * {@return the folder of a seed's images of one class, where the generator draws of every class: each class is a set of its own}
     *
     * @param set of the images
     * @param seed of the trials
     * @param className of the images
     */
    public Path synthetic(DrawnSet set, long seed, String className) {
        Path all = synthetic(set, seed);
        return set.isOfEveryClass() ? OutputFolder.inside(all, className) : all;
    }

    /**
     * {@return the table of what each draw of a set is nearest to; written last, when the set is complete}
     *
     * @param set of the images
     * @param seed of the trials that train on the images
     * @param className of the images
     */
    public Path similarities(DrawnSet set, long seed, String className) {
        return synthetic(set, seed, className).resolve(SIMILARITIES);
    }

    /**
     * {@return the tables of all sets of a generator that are complete; of filtered ones where it has no others, since these begin with the same
     * draws}
     *
     * @param generator that drew them
     */
    public List<Path> similarities(String generator) {
        List<Path> all = similarities(new DrawnSet(generator, false));
        return all.isEmpty() ? similarities(new DrawnSet(generator, true)) : all;
    }

    private List<Path> similarities(DrawnSet set) {
        return GanFiles.children(images(set.name())).stream()
                .flatMap(seed -> set.isOfEveryClass() ? GanFiles.children(seed).stream() : Stream.of(seed))
                .map(folder -> folder.resolve(SIMILARITIES))
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
