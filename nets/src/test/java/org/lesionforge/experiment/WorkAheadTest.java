package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesionforge.experiment.SmallFolds.ARMS;
import static org.lesionforge.experiment.SmallFolds.FOLDS;
import static org.lesionforge.experiment.SmallFolds.networks;
import static org.lesionforge.experiment.SmallFolds.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;

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
        try (PretrainedNetworks networks = networks()) {
            return new WorkAhead(dataset, options, networks, Set.of(), Optional.empty(), 1)
                    .at(new PlantedSpeeds(0, 0, 1));
        }
    }
}
