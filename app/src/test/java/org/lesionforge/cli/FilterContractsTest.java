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
import org.lesionforge.experiment.arm.PlantedJudge;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.FilterRecord;

/** The tables of docs/contracts.md on the files of filtered images, without an experiment that has some. */
final class FilterContractsTest {
    @TempDir
    Path folder;

    /** The brighter an image, the more of its class. */
    private static double brightness(RgbImage image) {
        return IntStream.range(0, image.pixels().length)
                        .map(i -> image.pixels()[i] & 0xFF)
                        .average()
                        .orElseThrow()
                / 255;
    }

    @Test
    void whatAFilterWritesIsWhatTheTablesSay() throws IOException {
        Contracts contracts = Contracts.read();
        TrainingPart training = Dataset.open(TinyDataset.prepare(folder), Progress.SILENT)
                .training()
                .ofClass("malignant");
        ConfidenceFilter filter = new ConfidenceFilter(
                new PlantedJudge(FilterContractsTest::brightness, image -> new float[] {(float) brightness(image)}),
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
