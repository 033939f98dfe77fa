package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader sees before scrolling: the answer in a sentence, one chart with intervals, and whether the proof against leaks holds. */
final class FirstScreen {
    /** With more arms the tiles would push the chart off the screen. */
    private static final int MOST_TILES = 3;

    private final String title;
    private final JsonNode results;
    private final Answer answer;

    FirstScreen(String title, JsonNode results) {
        this.title = title;
        this.results = results;
        answer = new Answer(results);
    }

    /** The differences from the first arm; empty when nothing has been compared. */
    Optional<Svg> chart() {
        ForestChart chart = new ForestChart();
        for (JsonNode comparison : answer.tested()) {
            String name = Arm.title(comparison.path("b").asText(), results);
            double value = 100 * Numbers.of(comparison.path("difference"));
            double low = 100 * Numbers.of(comparison.path("ci95").path(0));
            double high = 100 * Numbers.of(comparison.path("ci95").path(1));
            switch (comparison.path("metric").asText()) {
                case "accuracy" -> chart.accuracy(name, value, low, high);
                case "roc_auc" -> chart.area(name, value, low, high);
                default -> {}
            }
        }
        return chart.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        chart.svg(Arm.title(answer.tested().get(0).path("a").asText(), results)));
    }

    String html() {
        Markup header = new Markup().open("header");
        header.element("p", title, "class", "kicker");
        header.element("h1", "Do DCGAN images of the scarce class improve the classifier?");
        if (results.isMissingNode()) {
            header.element(
                    "p",
                    "This run has not finished: results.json is not there yet. What exists is shown.",
                    "class",
                    "missing");
            return header.close().toString();
        }
        if (answer.isThere()) {
            header.element("p", answer.headline(), "class", "answer");
        }
        chart().ifPresent(chart -> header.open("figure").raw(chart.inline()).close());
        leakage(header);
        tiles(header);
        answer.limits().forEach(limit -> header.element("p", limit));
        header.element("p", summary(), "class", "lead");
        header.element(
                "p",
                "Tables and figures with a number are the paper's, with its numbers; those with a letter are additions.",
                "class",
                "soft");
        return header.close().toString();
    }

    private void leakage(Markup header) {
        List<String> broken = new ArrayList<>();
        int checks = 0;
        for (JsonNode check : results.path("leakage")) {
            checks++;
            if (!check.path("holds").asBoolean()) {
                broken.add(check.path("check").asText() + " ("
                        + check.path("detail").asText() + ")");
            }
        }
        if (checks == 0) {
            return;
        }
        if (broken.isEmpty()) {
            header.element(
                    "p",
                    "✓ No leak: all " + checks
                            + " checks of this run's files hold. No test image, and no copy of one under"
                            + " its identifier, reached the GAN or a classifier.");
        } else {
            header.element(
                    "p",
                    "✗ LEAK: " + broken.size() + " of " + checks
                            + " checks do not hold, so the figures below are not to be" + " trusted: "
                            + String.join("; ", broken) + ".",
                    "class",
                    "missing");
        }
    }

    private void tiles(Markup header) {
        List<Arm> arms = Arm.of(results).stream().filter(Arm::isTested).toList();
        if (arms.isEmpty() || arms.size() > MOST_TILES) {
            return;
        }
        header.open("div", "class", "tiles");
        for (Arm arm : arms) {
            tile(header, arm.test("accuracy", 4), "accuracy, " + arm.title());
        }
        for (JsonNode comparison : answer.tested()) {
            if (comparison.path("metric").asText().equals("accuracy")) {
                tile(
                        header,
                        Numbers.signed(100 * Numbers.of(comparison.path("difference")), 2),
                        "percentage points; " + ComparisonText.evidence(comparison));
            }
        }
        header.close();
    }

    private static void tile(Markup header, String number, String label) {
        header.open("div", "class", "tile")
                .element("span", number, "class", "number")
                .element("span", label)
                .close();
    }

    private String summary() {
        JsonNode dataset = results.path("dataset");
        return Numbers.plain(Numbers.of(dataset.path("images"))) + " images, protocol “"
                + results.path("protocol").asText(Numbers.NONE) + "”, positive class “"
                + results.path("positive").asText(Numbers.NONE) + "”, " + budget()
                + Numbers.duration(Numbers.of(results.path("seconds"))) + " in all.";
    }

    private String budget() {
        return switch (results.path("budget").asText()) {
            case "steps" -> "every arm trained for the same number of steps, ";
            case "epochs" -> "every arm trained for the same number of epochs, ";
            default -> "";
        };
    }
}
