package org.lesionforge.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.OverNetworks;

/** The results of {@link FakeRun}'s two arms with several networks, whose differences a test chooses. */
public final class SeveralNetworks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Estimate MEAN = new Estimate(0.0125, new Interval(-0.004, 0.029));

    private final Map<String, List<Comparison>> byQuestion = new LinkedHashMap<>();
    private final List<String> networks;

    public SeveralNetworks(String... networks) {
        this.networks = List.of(networks);
    }

    /** The next network's difference in ROC AUC: in percentage points, with its interval and its adjusted p. */
    public SeveralNetworks area(String arm, double difference, double low, double high, double adjusted) {
        return add(arm, "roc_auc", Optional.empty(), true, difference, low, high, adjusted);
    }

    public SeveralNetworks sensitivity(OperatingPoint point, double difference, double low, double high) {
        boolean planned = point == OperatingPoint.VALIDATION;
        return add("dcgan", "sensitivity", Optional.of(point), planned, difference, low, high, 0.2);
    }

    private SeveralNetworks add(
            String arm,
            String metric,
            Optional<OperatingPoint> point,
            boolean planned,
            double difference,
            double low,
            double high,
            double p) {
        List<Comparison> asked = byQuestion.computeIfAbsent(arm + metric + point, unused -> new ArrayList<>());
        asked.add(new Comparison(
                "none",
                arm,
                networks.get(asked.size()),
                metric,
                point,
                planned,
                difference / 100,
                new Interval(low / 100, high / 100),
                Optional.of(p / 2),
                Optional.of("DeLong"),
                planned ? Optional.of(p) : Optional.empty(),
                Optional.of(0.02),
                Optional.empty()));
        return this;
    }

    /** {@return a {@code results.json}; the mean over networks is 1.25 points, from −0.4 to 2.9} */
    public String json() throws JsonProcessingException {
        ObjectNode results = (ObjectNode) JSON.readTree(FakeRun.RESULTS);
        ArrayNode arms = JSON.createArrayNode();
        ArrayNode summaries = JSON.createArrayNode();
        for (String network : networks) {
            results.get("arms").forEach(arm -> arms.add(of(arm, network)));
            results.get("summaries").forEach(summary -> summaries.add(of(summary, network)));
        }
        results.set("arms", arms);
        results.set("summaries", summaries);
        ArrayNode comparisons = results.putArray("comparisons");
        ArrayNode over = results.putArray("over_networks");
        for (List<Comparison> asked : byQuestion.values()) {
            for (Comparison each : asked) {
                comparisons.add(JSON.readTree(Json.line(each)));
            }
            over.add(JSON.readTree(Json.line(OverNetworks.of(asked, MEAN))));
        }
        return results.toString();
    }

    private static ObjectNode of(JsonNode arm, String network) {
        ObjectNode copy = arm.deepCopy();
        copy.put("classifier", network);
        copy.put("title", arm.get("title").asText() + ", " + network);
        return copy;
    }
}
