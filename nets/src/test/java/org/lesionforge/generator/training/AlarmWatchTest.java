package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.ContestRule;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Alarm;

/** Alarms: when each is raised, since when it says that it has been so, and when it is silent. */
final class AlarmWatchTest {
    @TempDir
    Path folder;

    private static AlarmWatch watch(double largestGap) {
        return new AlarmWatch(
                List.of(new ContestRule(largestGap, "--label-smoothing 0.1")), new Advice(option -> true));
    }

    private static List<Alarm> iterations(AlarmWatch watch, int from, int count, double dReal, double dFake) {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            alarms.addAll(
                    watch.see(new StepResult(Map.of("loss_d", 0.01, "d_real", dReal, "d_fake", dFake), false), i));
        }
        return alarms;
    }

    @Test
    void aDiscriminatorThatHasWonForLongIsReportedOnce() {
        AlarmWatch watch = watch(1);
        assertEquals(List.of(), iterations(watch, 1, 500, 0.9, 0.1), "a gap of 0.8 is an ordinary training");
        // The mean rises from 0.8 towards 0.99: above 0.95 once 0.98^n < 0.04 / 0.19, n = 78.
        List<Alarm> alarms = iterations(watch, 501, 1000, 0.995, 0.005);
        assertEquals(1, alarms.size(), alarms.toString());
        assertEquals(Alarm.Kind.DISCRIMINATOR_WINS, alarms.get(0).kind());
        assertEquals(578, alarms.get(0).since());
        assertEquals(778, alarms.get(0).iteration());
        assertEquals(List.of(Alarm.Kind.DISCRIMINATOR_WINS), watch.holding(1500));
        assertTrue(
                alarms.get(0).advice().contains("--label-smoothing"),
                alarms.get(0).advice());

        iterations(watch, 1501, 300, 0.7, 0.3);
        assertEquals(List.of(), watch.holding(1800));
        assertEquals(1, iterations(watch, 1801, 1000, 0.995, 0.005).size(), "when it comes back");
    }

    @Test
    void smoothedLabelsLowerWhatWinningIs() {
        // At most 0.9: 0.88 is above 0.95 of that.
        assertEquals(0, iterations(watch(1), 1, 1000, 0.89, 0.01).size());
        assertEquals(1, iterations(watch(0.9), 1, 1000, 0.89, 0.01).size());
    }

    private static Map<String, Metric> verdict(double... values) {
        String[] keys = {"spread", "recall", "copied", "copied_validation"};
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            metrics.put(keys[i], new Metric(keys[i], values[i], null, ""));
        }
        return metrics;
    }

    @Test
    void modeCollapseIsALossOfSpreadAndRecall() {
        AlarmWatch watch = watch(1);
        assertEquals(List.of(), watch.see(verdict(0.3, 0), 10), "alike, but they always were");
        assertEquals(List.of(), watch.see(verdict(0.9, 0.4), 20));
        assertEquals(List.of(), watch.see(verdict(0.5, 0.3), 30), "recall holds");
        assertEquals(List.of(), watch.see(verdict(0.8, 0.1), 40), "spread holds");
        List<Alarm> alarms = watch.see(verdict(0.6, 0.2), 50);
        assertEquals(1, alarms.size());
        assertEquals(Alarm.Kind.MODE_COLLAPSE, alarms.get(0).kind());
        assertEquals(20, alarms.get(0).since());
        assertEquals(50, alarms.get(0).iteration());
        assertTrue(
                alarms.get(0).seen().contains("0.60") && alarms.get(0).seen().contains("0.90"),
                alarms.get(0).seen());
        assertEquals(List.of(), watch.see(verdict(0.4, 0.1), 60), "reported already");
        assertEquals(List.of(Alarm.Kind.MODE_COLLAPSE), watch.holding(60));
        assertEquals(List.of(), watch.see(verdict(0.8, 0.4), 70));
        assertEquals(List.of(), watch.holding(70));
        assertEquals(1, watch.see(verdict(0.4, 0.1), 80).size(), "when it comes back");
    }

    @Test
    void memorisationIsMoreCopiesThanHeldOutImagesHaveAndRising() {
        AlarmWatch watch = watch(1);
        assertEquals(List.of(), watch.see(verdict(1, 0.5, 0.3, 0.4), 10));
        List<Alarm> alarms = watch.see(verdict(1, 0.5, 0.5, 0.4), 20);
        assertEquals(1, alarms.size());
        assertEquals(Alarm.Kind.MEMORISATION, alarms.get(0).kind());
        assertEquals(20, alarms.get(0).since());
        assertTrue(
                alarms.get(0).seen().startsWith("50 %") && alarms.get(0).seen().contains("40 %"));
        assertEquals(List.of(), watch.see(verdict(1, 0.5, 0.6, 0.4), 30), "reported already");
        assertEquals(List.of(), watch(1).see(verdict(1, 0.5, 0.6), 10), "under 2/3, by chance");
    }

    @Test
    void copiesThatAreMadeLessAreNotReported() {
        AlarmWatch watch = watch(1);
        assertEquals(List.of(), watch.see(verdict(1, 0.5, 0.9, 0.4), 10), "nothing to have risen from");
        assertEquals(List.of(), watch.holding(10), "what was not reported is no alarm");
        assertEquals(List.of(), watch.see(verdict(1, 0.5, 0.8, 0.4), 20), "many, but fewer than before");
        List<Alarm> alarms = watch.see(verdict(1, 0.5, 0.85, 0.4), 30);
        assertEquals(10, alarms.get(0).since());
        assertEquals(30, alarms.get(0).iteration());
    }

    /** A family refuses options that it lacks; no alarm may name one. */
    @Test
    void adviceIsOfOptionsThatThereAre() {
        Advice dcgan = new Advice(GeneratorZoo.STANDARD.named("dcgan").preset(Preset.PAPER)::has);
        Advice mlp = new Advice(GeneratorZoo.STANDARD.named("mlp").preset(Preset.PAPER)::has);
        assertEquals(
                "an earlier snapshot; or a new run with --preset small-data, --minibatch-std, a lower --lr or a smaller --width",
                collapse(dcgan));
        assertEquals("an earlier snapshot; or a new run with --preset small-data or a lower --lr", collapse(mlp));
    }

    private static String collapse(Advice advice) {
        AlarmWatch watch = new AlarmWatch(List.of(), advice);
        watch.see(verdict(0.9, 0.4), 20);
        return watch.see(verdict(0.6, 0.2), 50).get(0).advice();
    }

    private static Map<String, Metric> copies(int synthetic, int of, int heldOut, int ofHeldOut) {
        return Map.of(
                "copied",
                new Metric("copied", (double) synthetic / of, null, "", Interval.wilson(synthetic, of)),
                "copied_validation",
                new Metric("c", (double) heldOut / ofHeldOut, null, "", Interval.wilson(heldOut, ofHeldOut)));
    }

    @Test
    void copiesAreHeldAgainstTheirUncertainty() {
        AlarmWatch watch = watch(1);
        watch.see(copies(10, 122, 7, 22), 10);
        assertEquals(List.of(), watch.see(copies(41, 122, 7, 22), 20), "34 % against 32 % of 22 is no alarm");
        assertEquals(List.of(), watch.holding(20));
        List<Alarm> alarms = watch.see(copies(100, 122, 7, 22), 30);
        assertEquals(1, alarms.size(), "82 % is");
        String advice = alarms.get(0).advice();
        assertTrue(advice.contains("a new run with --flips both, more images or a smaller --width; which"), advice);
        assertEquals(List.of(Alarm.Kind.MEMORISATION), watch.holding(30));
        assertEquals(List.of(), watch.see(copies(105, 122, 7, 22), 40), "reported already");
        assertEquals(List.of(Alarm.Kind.MEMORISATION), watch.holding(40), "it holds all the same");
        watch.see(copies(41, 122, 7, 22), 50);
        assertEquals(List.of(), watch.holding(50));
    }

    @Test
    void whatItRemembersSurvivesJson() throws IOException {
        AlarmWatch watch = watch(1);
        iterations(watch, 1, 777, 0.99, 0.013);
        watch.see(verdict(0.7, 0.3, 0.51, 0.4), 777);
        Map<String, JsonNode> state = watch.state();
        assertEquals(List.of("contest", "variety", "copies"), List.copyOf(state.keySet()));
        AlarmWatch restored = watch(1);
        restored.restore(read(state));
        assertEquals(Json.line(state), Json.line(restored.state()));
        // What no iteration has been seen of yet: means that are NaN.
        Map<String, JsonNode> fresh = watch(1).state();
        restored.restore(read(fresh));
        assertEquals(Json.line(fresh), Json.line(restored.state()));
        Map<String, JsonNode> damaged = new LinkedHashMap<>(fresh);
        damaged.remove("copies");
        String message = assertThrows(UnusableInputException.class, () -> restored.restore(damaged))
                .getMessage();
        assertTrue(message.contains("alarms.copies"), message);
    }

    /** As it comes back from a file. */
    private Map<String, JsonNode> read(Map<String, JsonNode> state) throws IOException {
        Path file = folder.resolve("state.json");
        Json.write(file, state);
        Map<String, JsonNode> read = new LinkedHashMap<>();
        Json.readTree(file).properties().forEach(rule -> read.put(rule.getKey(), rule.getValue()));
        return read;
    }
}
