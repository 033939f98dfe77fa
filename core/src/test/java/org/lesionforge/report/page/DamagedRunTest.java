package org.lesionforge.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.report.FakeRun;
import org.lesionforge.report.RunsTable;

/** A file with a damaged key is refused by its name, or makes no difference. */
class DamagedRunTest {
    /** Null has a meaning there, by docs/contracts.md. */
    private static final Set<String> NULLABLE = Set.of(
            "images",
            "on_validation",
            "std",
            "over_seeds",
            "how",
            "similarity",
            "cosine",
            "validation_accuracy",
            "validation_loss");

    /** Holds whatever names a data set has; and runs before there were averages have no weights. */
    private static final Set<String> MAY_BE_ABSENT =
            Set.of("dataset.parts.", "dataset.licences.", "attributions.", "weights");

    @TempDir
    private Path run;

    @BeforeEach
    void write() throws Exception {
        FakeRun.complete(run);
        // Bootstraps take their time, and their table has a test of its own.
        for (String arm : List.of("none", "dcgan")) {
            Files.delete(run.resolve("arms/" + arm + "-seed0/predictions-test.csv"));
        }
        FakeRun.write(
                run,
                "gan/stats.jsonl",
                "{\"iteration\": 1, \"epoch\": 1, \"loss_d\": 0.7, \"loss_g\": 0.5, \"d_real\": 0.6, \"d_fake\": 0.4, \"gradient_d\": 1, \"gradient_g\": 1}\n");
        FakeRun.write(
                run,
                "gan/alarms.jsonl",
                "{\"kind\": \"gradients\", \"since\": 3, \"iteration\": 4, \"seen\": \"s\", \"advice\": \"a\"}\n");
        FakeRun.write(run, "gan/licences.json", "{\"attributions\": {\"CC-0\": {\"A\": 5}}}");
        FakeRun.write(
                run,
                "audit/audit.json",
                """
                {"format_version": 1, "findings": [{"level": "note", "text": "t"}],
                 "copies": {"pairs": [{"a": "a", "b": "b", "part_a": "train", "part_b": "test", "label_a": "x", "label_b": "y",
                   "how": "flipped", "similarity": 0.5, "cosine": 0.6}]},
                 "look_alikes": {"pairs": []},
                 "confounders": [{"name": "size", "auc": 0.7, "ci95": [0.6, 0.8], "verdict": "strong"}]}
                """);
    }

    /** One way of damaging a document, and what it is called. */
    private record Damage(String key, boolean isAbsence, boolean isNull, JsonNode document) {}

    private static List<Damage> damages(JsonNode whole) {
        List<Damage> damages = new ArrayList<>();
        collect(whole, whole, "", damages);
        return damages;
    }

    private static void collect(JsonNode whole, JsonNode node, String path, List<Damage> damages) {
        if (node instanceof ObjectNode object) {
            for (String key : keys(object)) {
                JsonNode value = object.get(key);
                String full = path.isEmpty() ? key : path + "." + key;
                object.remove(key);
                damages.add(new Damage(full, true, false, whole.deepCopy()));
                object.putNull(key);
                damages.add(new Damage(full, false, true, whole.deepCopy()));
                if (value.isTextual() && !value.textValue().equals("NaN")) {
                    object.put(key, 7);
                } else {
                    object.put(key, "seven");
                }
                damages.add(new Damage(full, false, false, whole.deepCopy()));
                object.set(key, value);
                if (!value.path("value").asText().equals("NaN")) {
                    // All undefined figures are read alike.
                    collect(whole, value, full, damages);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                array.setNull(i);
                damages.add(new Damage(path + "[" + i + "]", false, true, whole.deepCopy()));
                array.set(i, value);
                collect(whole, value, path + "[" + i + "]", damages);
            }
        }
    }

    private static List<String> keys(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private String outcome() throws Exception {
        return Files.readString(Report.write(run)) + table();
    }

    private String table() {
        RunsTable table = new RunsTable(List.of(run));
        return table.text() + Json.pretty(table.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "results.json",
                "audit/audit.json",
                "gan/best.json",
                "gan/licences.json",
                "gan/alarms.jsonl",
                "gan/metrics.jsonl",
                "gan/stats.jsonl",
                "arms/none-seed0/stats.jsonl"
            })
    void damagedKeyIsNamedOrMakesNoDifference(String name) throws Exception {
        String before = outcome();
        Path file = run.resolve(name);
        String rest = name.endsWith(".jsonl") ? Files.readString(file).replaceFirst("[^\n]*", "") : "";
        JsonNode whole = Json.readTree(Files.writeString(
                run.resolve("whole"),
                Files.readString(file).substring(0, Files.readString(file).length() - rest.length())));
        int refused = 0;
        for (Damage damage : damages(whole)) {
            Files.writeString(file, Json.line(damage.document()) + rest);
            String last = damage.key().substring(damage.key().lastIndexOf('.') + 1);
            boolean isLegal = (damage.isNull() && NULLABLE.contains(last))
                    || ((damage.isAbsence() || damage.isNull())
                            && MAY_BE_ABSENT.stream().anyMatch(damage.key()::startsWith));
            try {
                String after = outcome();
                assertTrue(isLegal || after.equals(before), () -> name + " changed the result by " + damage);
            } catch (UnusableInputException e) {
                refused++;
                String message = e.getMessage();
                assertTrue(message.contains(file.toString()) && message.contains(last), damage + ": " + message);
            }
        }
        assertTrue(refused >= 3, refused + " refusals");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a,g1,malignant,malignant,NaN,0.9|line 2: column 'p_benign' should be a number, found 'NaN'",
                "a,g1,malignant,malignant,,0.9|line 2: column 'p_benign' should be a number",
                "a,g1,malignant,malignant,-Infinity,0.9|column 'p_benign'",
                "a,g1,malignant,malignant,-0.1,1.1|'p_benign' should be a probability",
                "a,g1,malignant,malignant,0.3,0.9|add up to 1.2",
                "a,g1,other,malignant,0.1,0.9|column 'truth' should be one of benign, malignant, found 'other'",
                "a,g1,,malignant,0.1,0.9|not always known",
                "a,g1,malignant,benign,0.1,0.9|'prediction' should be the most probable class",
                "d,g1,malignant,malignant,0.1,0.9|line 5: column 'id'",
                "a,g1,malignant|line 2: column 'p_benign' is missing, the row has 3 of 6 columns",
                "\"a,g1|predictions-test.csv",
            })
    void damagedPredictionIsNamedWithItsLine(String row, String words) throws Exception {
        Path file = run.resolve("arms/none-seed0/predictions-test.csv");
        Files.writeString(
                file,
                "id,group,truth,prediction,p_benign,p_malignant\n" + row + "\nb,g2,malignant,benign,0.5,0.5\n"
                        + "c,g3,benign,benign,0.5,0.5\nd,g4,benign,benign,0.9,0.1\n");
        String message = assertThrows(UnusableInputException.class, () -> Report.write(run))
                .getMessage();
        assertTrue(message.contains(file.toString()) && message.contains(words), message);
    }

    @Test
    void missingPredictionsAreCounted() throws Exception {
        FakeRun.write(
                run,
                "arms/none-seed0/predictions-test.csv",
                "id,group,truth,prediction,p_benign,p_malignant\na,g1,malignant,malignant,0.1,0.9\n");
        String message = assertThrows(UnusableInputException.class, () -> Report.write(run))
                .getMessage();
        assertTrue(message.contains("arms[0].test.n") && message.contains("predictions-test.csv"), message);
    }

    @Test
    void aLaterVersionIsRefused() throws Exception {
        FakeRun.write(run, "results.json", FakeRun.RESULTS.replace("\"format_version\": 1", "\"format_version\": 2"));
        String message = assertThrows(UnusableInputException.class, this::table).getMessage();
        assertTrue(message.contains("results.json has format version 2"), message);
        assertEquals(
                message,
                assertThrows(UnusableInputException.class, () -> Report.write(run))
                        .getMessage());
    }
}
