package org.lesionforge.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.RunConfig;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/** The images of other generators that an experiment's arms add, by the names that the user gave them. */
public final class ExternalImages {
    /** For arms that add none. */
    static final ExternalImages NONE = new ExternalImages(Map.of(), Map.of());

    private final Map<String, ExternalFolder> folders;
    /** By seed; all the same unless each seed has a split of its own. */
    private final Map<Long, Map<String, ExternalSet>> sets;

    private ExternalImages(Map<String, ExternalFolder> folders, Map<Long, Map<String, ExternalSet>> sets) {
        this.folders = folders;
        this.sets = sets;
    }

    /**
     * Makes sure that arms and folders name each other.
     *
     * @param names of the folders that the user brings
     * @param arms of the experiment
     * @throws IllegalArgumentException when an arm's images are not among {@code names}, or no arm adds those of one of them
     */
    public static void requireNamed(Set<String> names, List<Arm> arms) {
        Map<String, Arm> asked = arms.stream()
                .filter(ExternalImages::isExternal)
                .collect(Collectors.toMap(arm -> arm.source().name(), arm -> arm, (a, b) -> a, LinkedHashMap::new));
        asked.forEach((name, arm) -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("the arm " + arm.word()
                        + " needs images that were brought along; name their folder with --external " + name + "=DIR");
            }
        });
        for (String name : names) {
            if (!asked.containsKey(name)) {
                throw new IllegalArgumentException("no arm adds the images of --external " + name
                        + "=DIR; name one in --arms, such as external:" + name + ", or leave the folder away");
            }
        }
    }

    static boolean isExternal(Arm arm) {
        return arm.source().kind() == ArmSource.Kind.EXTERNAL;
    }

    /**
     * Opens the folders and checks them against every split that the arms are trained on: none of their images shows what classifiers are judged
     * on, and without near-copies of training images there are as many as every arm adds.
     *
     * @param folders by name
     * @param dataset of the experiment
     * @param options of the experiment
     * @param progress receives how many images are compared
     * @return the images, checked; none without folders
     * @throws IllegalArgumentException as {@link #requireNamed}
     * @throws UnusableInputException when a folder does not serve
     */
    public static ExternalImages open(
            Map<String, Path> folders, Dataset dataset, ExperimentOptions options, Progress progress) {
        requireNamed(folders.keySet(), options.arms());
        if (folders.isEmpty()) {
            return NONE;
        }
        String scarce =
                options.imbalance(options.training(dataset)).orElseThrow().minority();
        Map<String, ExternalFolder> opened = new LinkedHashMap<>();
        folders.forEach(
                (name, folder) -> opened.put(name, ExternalFolder.open(name, folder, scarce, dataset, progress)));
        Map<Long, Map<String, ExternalSet>> sets = new LinkedHashMap<>();
        Optional<Map<String, ExternalSet>> shared =
                options.resplit() ? Optional.empty() : Optional.of(sets(opened, dataset, options, progress));
        for (long seed : options.seeds()) {
            sets.put(seed, shared.orElseGet(() -> sets(opened, dataset.resplit(seed), options, progress)));
        }
        return new ExternalImages(opened, sets);
    }

    private static Map<String, ExternalSet> sets(
            Map<String, ExternalFolder> folders, Dataset split, ExperimentOptions options, Progress progress) {
        Map<String, ExternalSet> sets = new LinkedHashMap<>();
        folders.forEach((name, folder) -> sets.put(name, ExternalSet.of(name, folder, split, options, progress)));
        return sets;
    }

    /** Their name given by the user. */
    Set<String> names() {
        return folders.keySet();
    }

    /** {@return what a run remembers of each folder, by name} */
    public Map<String, RunConfig.ExternalImages> facts() {
        Map<String, RunConfig.ExternalImages> facts = new LinkedHashMap<>();
        folders.forEach((name, folder) -> facts.put(
                name,
                new RunConfig.ExternalImages(
                        folder.folder().toString(), folder.className(), folder.size(), folder.sha256())));
        return facts;
    }

    /** On the split of a seed, by name. */
    Map<String, ExternalSet> of(long seed) {
        return sets.getOrDefault(seed, Map.of());
    }
}
