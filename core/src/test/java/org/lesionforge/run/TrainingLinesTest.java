package org.lesionforge.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.RunLayout.GanLayout;

/** Lines that version 0.1 wrote, and what this version adds to them. */
final class TrainingLinesTest {
    private static final String ITERATION =
            "{\"iteration\":1,\"epoch\":1,\"loss_d\":1.45122,\"loss_g\":0.70038354,\"d_real\":0.4656135,\"d_fake\":0.49659923,"
                    + "\"gradient_d\":4.283892,\"gradient_g\":0.7345454}";
    private static final String SNAPSHOT =
            "{\"epoch\":2,\"iteration\":6,\"weights\":\"raw\",\"metrics\":[{\"key\":\"fid\",\"name\":\"fd[own-classifier]\","
                    + "\"value\":93844.43177004853,\"std\":null,\"recipe\":\"n=12/12\"}],"
                    + "\"missing\":[{\"key\":\"is\",\"reason\":\"no logits\"}]}";

    @TempDir
    Path folder;

    private GanFiles gan() {
        return new GanFiles(new GanLayout(folder), "dcgan", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", ",\"skipped\":true}", ",\"alarms\":[\"gradients\"]}"})
    void anIterationIsWrittenAsItWasRead(String end) throws IOException {
        String line = ITERATION.substring(0, ITERATION.length() - 1) + end;
        Files.writeString(folder.resolve("stats.jsonl"), line + "\n");
        GanIteration read = gan().statistics().get(0);
        assertEquals(1.45122, read.number("loss_d"));
        assertEquals(end.contains("skipped"), read.skipped());
        assertEquals(end.contains("alarms") ? List.of(Alarm.Kind.GRADIENTS) : List.of(), read.alarms());
        assertEquals(line, Json.line(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", ",\"under_alarm\":[\"mode_collapse\"]}"})
    void aSnapshotIsWrittenAsItWasRead(String end) throws IOException {
        String line = SNAPSHOT.substring(0, SNAPSHOT.length() - 1) + end;
        Files.writeString(folder.resolve("metrics.jsonl"), line + "\n");
        MeasuredSnapshot read = gan().metrics().get(0);
        assertEquals(93844.43177004853, read.metric("fid").orElseThrow().value());
        assertEquals(Optional.empty(), read.check(), "no spread");
        assertEquals(end.contains("alarm") ? List.of(Alarm.Kind.MODE_COLLAPSE) : List.of(), read.underAlarm());
        assertEquals(line, Json.line(read));
    }

    @Test
    void weightsAreNamedFromTheFirstLineOnThatNamesThem() throws IOException {
        String unnamed = SNAPSHOT.replace("\"weights\":\"raw\",", "");
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, unnamed + "\n" + SNAPSHOT.replace("raw", "ema") + "\n");
        String message = assertThrows(UnusableInputException.class, () -> gan().metrics())
                .getMessage();
        assertTrue(message.contains("line 1: key 'weights' is missing"), message);
        Files.writeString(file, unnamed + "\n" + SNAPSHOT + "\n");
        assertEquals(
                List.of(GeneratorWeights.RAW, GeneratorWeights.RAW),
                gan().metrics().stream().map(MeasuredSnapshot::weights).toList());
    }

    @Test
    void theBestSnapshotOfVersion01HasNoDistance() throws IOException {
        Files.writeString(folder.resolve("best.json"), "{\"epoch\": 4, \"reason\": \"lowest\"}");
        BestSnapshot best = gan().best().orElseThrow();
        assertEquals(new Snapshot(4, GeneratorWeights.RAW), best.snapshot());
        assertEquals(Optional.empty(), best.distance());
        assertEquals(Optional.empty(), best.validationImages());
    }
}
