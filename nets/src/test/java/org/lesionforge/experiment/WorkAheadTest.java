package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesionforge.experiment.SmallFolds.ARMS;
import static org.lesionforge.experiment.SmallFolds.FOLDS;
import static org.lesionforge.experiment.SmallFolds.networks;
import static org.lesionforge.experiment.SmallFolds.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.run.arm.Arm;

/** The estimate of an experiment's time, at speeds that were set. */
final class WorkAheadTest {
    @TempDir
    static Path folder;

    private static Dataset dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = new PhantomExperiment(folder).dataset();
    }

    /** The estimate counts what every fold has to do: here a second for each image that the generator learns, and nothing else but the nets' making. */
    @Test
    void theEstimateIsOfAllFolds() {
        ExperimentOptions one = options().with().folds(null).build();
        TimeEstimate single = estimate(one);
        TimeEstimate folds = estimate(options());
        int trials = ARMS.size() * 2;
        assertEquals(0.8 * trials, single.classifierSeconds(), 1e-9);
        assertEquals(FOLDS * 0.8 * trials, folds.classifierSeconds(), 1e-9);
        int epochs = one.generator("dcgan").common().epochs();
        assertEquals(dataset.training().counts()[1] * epochs, single.ganSeconds(), 1e-9);
        int learned = new Splits(dataset, options()).all().get(0).training().counts()[1];
        assertEquals(FOLDS * learned * epochs, folds.ganSeconds(), 1e-9);
    }

    private static TimeEstimate estimate(ExperimentOptions options) {
        return estimate(options, new PlantedSpeeds(0, 0, 1));
    }

    private static TimeEstimate estimate(ExperimentOptions options, Speeds speeds) {
        try (PretrainedNetworks networks = networks()) {
            return new WorkAhead(dataset, options, networks, Set.of(), Optional.empty(), 1).at(speeds);
        }
    }

    /** Passes of the classifier that chooses, with each seed. */
    private static double filtering(String arm) {
        ExperimentOptions options = options()
                .with()
                .folds(null)
                .arms(List.of(Arm.NONE, Arm.of(arm)))
                .generators(Map.of(
                        "dcgan", PhantomExperiment.generator(), "dcgan-conditional", PhantomExperiment.generator()))
                .build();
        return (estimate(options, new PlantedSpeeds(1, 0, 0)).drawingSeconds()
                        - estimate(options, new PlantedSpeeds(0, 0, 0)).drawingSeconds())
                / options.seeds().size();
    }

    /** Five images are drawn for four, and each is looked at twice. */
    @Test
    void theFiltersPassesAreOfTheDrawnAndTheRealImagesThatItAsksFor() {
        int[] training = dataset.training().counts();
        int ofAll = dataset.validation().size();
        int benign = training[0] + dataset.validation().ofClass("benign").size();
        int malignant = training[1] + dataset.validation().ofClass("malignant").size();
        assertEquals(2 * 50 + malignant + ofAll, filtering("dcgan:40+filtered"), 1e-9);
        assertEquals(
                2 * 1.25 * (training[0] + training[1]) + benign + malignant + 2 * ofAll,
                filtering("both:dcgan@1+filtered"),
                1e-9);
        assertEquals(0, filtering("dcgan:40"), 1e-9);
    }
}
