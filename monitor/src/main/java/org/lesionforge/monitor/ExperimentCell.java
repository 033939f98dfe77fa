package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;

/**
 * A trial of an experiment: an arm with a classifier, a seed and a fold.
 *
 * @param arm its word
 * @param classifier name of its architecture
 * @param seed of the trial
 * @param fold from 1; 0 where there are none
 * @param state {@code waiting}, {@code training} or {@value #FINISHED}
 * @param run its folder below the experiment's; empty while it is waiting
 * @param epochs that are trained
 * @param rocAuc on the test part; empty before it is finished
 */
record ExperimentCell(
        String arm,
        String classifier,
        long seed,
        int fold,
        String state,
        Optional<String> run,
        long epochs,
        Optional<Double> rocAuc) {
    static final String FINISHED = "finished";

    /**
     * All trials that an experiment asks for, in the order of arms, classifiers, seeds and folds.
     *
     * @param config of the experiment; none are known where it cannot be read
     */
    static List<ExperimentCell> all(RunsFolder runs, Path experiment, JsonNode config) {
        JsonNode options = config.path("options");
        List<String> classifiers = new ArrayList<>();
        config.path("classifiers").forEach(name -> classifiers.add(name.asText()));
        if (classifiers.isEmpty()) {
            classifiers.add(Trial.Classifier.OLD_NAME);
        }
        int folds = options.path("folds").asInt(0);
        List<ExperimentCell> cells = new ArrayList<>();
        for (JsonNode arm : options.path("arms")) {
            for (String classifier : classifiers) {
                for (JsonNode seed : options.path("seeds")) {
                    for (int fold = Math.min(1, folds); fold <= folds; fold++) {
                        boolean alone = classifiers.size() == 1;
                        cell(runs, experiment, arm.asText(), classifier, alone, seed.asLong(), fold)
                                .ifPresent(cells::add);
                    }
                }
            }
        }
        return cells;
    }

    private static Optional<ExperimentCell> cell(
            RunsFolder runs, Path experiment, String word, String classifier, boolean alone, long seed, int fold) {
        Trial trial;
        try {
            trial = new Trial(Arm.of(word), new Trial.Classifier(classifier, classifier, alone), seed, fold);
        } catch (IllegalArgumentException e) {
            // An arm of a later version.
            return Optional.empty();
        }
        Path arms = new RunLayout(experiment).arms();
        Optional<Path> folder = Stream.concat(
                        Stream.of(trial.folderName(), trial.otherFolderName()), trial.oldFolderName().stream())
                .map(arms::resolve)
                .filter(Files::isDirectory)
                .findFirst();
        if (folder.isEmpty()) {
            return Optional.of(
                    new ExperimentCell(word, classifier, seed, fold, "waiting", Optional.empty(), 0, Optional.empty()));
        }
        ArmLayout files = new ArmLayout(folder.get());
        boolean finished = Files.exists(files.result());
        JsonNode auc = finished ? runs.json(files.result()).path("test").path("roc_auc") : JsonFile.nothing();
        long epochs = runs.lastLine(files.statistics()).path("epoch").asLong(0);
        return Optional.of(new ExperimentCell(
                word,
                classifier,
                seed,
                fold,
                finished ? FINISHED : "training",
                Optional.of("arms/" + folder.get().getFileName()),
                epochs,
                auc.isNumber() ? Optional.of(auc.doubleValue()) : Optional.empty()));
    }
}
