package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.ConfidenceFilter;
import org.lesionforge.experiment.arm.MemorisationGate;
import org.lesionforge.image.Images;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.run.FilterRecord;

/** The tables of docs/contracts.md on the files of filtered images, without an experiment that has some. */
final class FilterContractsTest {
    @TempDir
    Path folder;

    /** Makes more of each image than of the one before. */
    private record Counting() implements ConfidenceFilter.Judge {
        @Override
        public String name() {
            return "a judge that counts";
        }

        @Override
        public double[] confidences(Images images) {
            return IntStream.range(0, images.size())
                    .mapToDouble(i -> (double) i / images.size())
                    .toArray();
        }

        @Override
        public Features features(Images images) {
            float[] numbers = new float[images.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i;
            }
            return new FeatureArray(images.size(), 1, numbers);
        }
    }

    @Test
    void whatAFilterWritesIsWhatTheTablesSay() throws IOException {
        Contracts contracts = Contracts.read();
        TrainingPart training = Dataset.open(TinyDataset.prepare(folder), Progress.SILENT)
                .training()
                .ofClass("malignant");
        ConfidenceFilter filter = new ConfidenceFilter(
                new Counting(),
                training.at(16),
                training.at(16),
                training.at(16).first(0),
                new MemorisationGate(training, 1));
        Path csv = folder.resolve("filter.csv");
        filter.writeCsv(csv, 0);
        assertEquals(
                Set.of(),
                contracts.differences(
                        "`filter.csv`",
                        Arrays.asList(Files.readAllLines(csv).get(0).split(",", -1))));
        FilterRecord record = new FilterRecord(
                FilterRecord.FORMAT_VERSION,
                new FilterRecord.Judge("arms/none-seed0", "inception-v3", "00"),
                16,
                ConfidenceFilter.CONFIDENCE_QUANTILE,
                ConfidenceFilter.DISTANCE_QUANTILE,
                training.size(),
                List.of("an-image"),
                filter.result("malignant", 0));
        assertEquals(Set.of(), contracts.differences("`filter.json`", Json.convert(record, JsonNode.class)));
    }
}
