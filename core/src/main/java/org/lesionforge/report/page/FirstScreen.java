package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.Answer;
import org.lesionforge.report.ArmCaveats;
import org.lesionforge.report.ArmFigures;
import org.lesionforge.report.ArmRuns;
import org.lesionforge.report.ClassifierResults;
import org.lesionforge.report.ComparisonText;
import org.lesionforge.report.DetectabilityText;
import org.lesionforge.report.Difference;
import org.lesionforge.report.NetworksText;
import org.lesionforge.report.RunOrigin;
import org.lesionforge.report.figure.ForestChart;
import org.lesionforge.report.figure.Markup;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.report.figure.Svg;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;

/** What a reader sees before scrolling: the answer in a sentence, one chart with intervals, and whether the proof against leaks holds. */
final class FirstScreen {
    /** With more arms the tiles would push the chart off the screen. */
    private static final int MOST_TILES = 3;

    private final String title;
    private final Page page;
    private final RunFiles run;
    private final Optional<Results> results;
    private final List<String> warnings;

    /** @param warnings of the generators */
    FirstScreen(String title, Page page, RunFiles run, List<String> warnings) {
        this.title = title;
        this.page = page;
        this.run = run;
        this.warnings = warnings;
        results = run.results();
    }

    /** The differences from the first arm; empty when nothing has been compared. */
    private static Optional<Svg> chart(Results results) {
        Answer answer = new Answer(results);
        ForestChart chart = new ForestChart();
        for (Difference difference : answer.tested()) {
            // Accuracy is a row where it was planned to be tested; what is read at ½ is one where there is room.
            boolean shown = difference.isPlanned()
                    || (answer.isShort() && !difference.metric().equals(Measure.ACCURACY.word()));
            if (shown) {
                chart.add(
                        ArmRuns.title(difference.b(), results),
                        difference.name(),
                        100 * difference.value(),
                        100 * difference.low(),
                        100 * difference.high());
            }
        }
        return chart.isEmpty()
                ? Optional.empty()
                : Optional.of(chart.svg(ArmRuns.title(answer.tested().get(0).a(), results)));
    }

    void write() throws IOException {
        Markup header = page.body();
        RunOrigin origin = new RunOrigin(run);
        header.element("p", title, "class", "kicker");
        header.element("h1", "Do " + images() + " images of the scarce class improve the classifier?");
        if (results.isEmpty()) {
            page.missing("This run has not finished: results.json is not there yet. What exists is shown.");
            generators(header);
            pictures();
        } else {
            findings(header, results.get());
        }
        origin(header, origin);
    }

    /** What made the images that the question is about: one family's name, or that they were made at all. */
    private String images() {
        List<String> titles =
                run.allGenerators().stream().map(GanFiles::title).distinct().toList();
        return titles.size() == 1 ? titles.get(0) : "generated";
    }

    private void findings(Markup header, Results found) throws IOException {
        List<Results> classifiers = ClassifierResults.of(found);
        answers(header, found, classifiers);
        // The pictures come first, so that a phone, too, shows them before one scrolls.
        header.open("div", "class", "hero").line();
        header.open("div", "class", "look");
        pictures();
        leakage(header, found);
        generators(header);
        header.close().line();
        header.open("div", "class", "found");
        Set<String> said = new HashSet<>();
        for (Results each : classifiers) {
            differences(header, each, named(each, classifiers), said);
        }
        DetectabilityText.of(found).forEach(sentence -> header.element("p", sentence));
        header.close().line();
        boolean tiles = classifiers.size() == 1 && hasTiles(found);
        header.open("div", "class", tiles ? "more wide" : "more");
        if (tiles) {
            tiles(header, found, new Answer(found));
        }
        more(header, found, classifiers);
        header.close().close().line();
    }

    /** What the networks show together where there are several, what falls with them, and what each shows. */
    private static void answers(Markup header, Results found, List<Results> classifiers) {
        List<NetworksText.Verdict> verdicts = NetworksText.verdicts(found);
        verdicts.forEach(verdict -> header.element("p", verdict.shown() + ".", "class", "answer"));
        NetworksText.losses(found).forEach(losses -> header.element("p", losses));
        verdicts.forEach(verdict -> verdict.details().ifPresent(details -> header.element("p", details)));
        for (Results each : classifiers) {
            Answer answer = new Answer(each);
            if (answer.isThere() && verdicts.isEmpty()) {
                header.element("p", named(each, classifiers) + answer.headline(), "class", "answer");
            } else if (answer.isThere()) {
                header.element("p", named(each, classifiers) + answer.headline());
            }
        }
    }

    /**
     * @param name of the classifier, where there are several
     * @param said what need not be said again of another classifier
     */
    private void differences(Markup header, Results results, String name, Set<String> said) throws IOException {
        Answer answer = new Answer(results);
        if (answer.isThere()) {
            answer.operatingPoints().stream().filter(said::add).forEach(sentence -> header.element("p", sentence));
        }
        answer.baseline().ifPresent(baseline -> header.element("p", name + baseline));
        Optional<Svg> chart = chart(results);
        if (chart.isPresent()) {
            page.figure(
                    "Figure 0",
                    name + "Dots are differences on the test part, bars their 95 % intervals.",
                    chart.get());
        }
    }

    private static void more(Markup header, Results found, List<Results> classifiers) {
        for (Results each : classifiers) {
            String name = named(each, classifiers);
            new Answer(each).limits().forEach(limit -> header.element("p", name + limit));
        }
        ArmCaveats.ofNetworks(found).forEach(caveat -> header.element("p", caveat));
        header.element("p", summary(found), "class", "lead");
        header.element(
                "p",
                "Tables and figures with a number are the paper's, with its numbers; those with a letter are additions."
                        + " Figure 2 of the paper is a drawing of its generator's layers, and no result of a run: it is"
                        + " not repeated here.",
                "class",
                "soft");
    }

    /** Which of several classifiers a sentence is about. */
    private static String named(Results one, List<Results> classifiers) {
        return classifiers.size() == 1 ? "" : ClassifierResults.names(one).get(0) + ": ";
    }

    /** Real beside synthetic: what the numbers are about. */
    private void pictures() throws IOException {
        Optional<Path> real = run.file("examples/real.png");
        Optional<Path> synthetic = run.file("examples/synthetic.png");
        if (real.isEmpty() || synthetic.isEmpty()) {
            page.missing(
                    !run.allGenerators().isEmpty()
                            ? "Figure 7 cannot be shown yet: examples/real.png or examples/synthetic.png is not there."
                            : "There is no Figure 7, real beside synthetic images: no GAN was trained in this run.");
            return;
        }
        page.body().open("div", "class", "pair");
        page.image(
                "Figure 7, left",
                "Real images of the training part, at the generator's size.",
                "Grid of real images",
                real.get());
        page.image("Figure 7, right", "Synthetic images, not picked.", "Grid of synthetic images", synthetic.get());
        page.body().close();
    }

    private static void origin(Markup header, RunOrigin origin) throws IOException {
        header.open("dl", "class", "origin");
        origin.facts().forEach((name, value) -> header.open("div")
                .element("dt", name)
                .element("dd", value)
                .close());
        header.close();
        header.element(
                "p",
                "Lesionforge is not a medical device: nothing on this page is for deciding about a patient. Synthetic images"
                        + " are not anonymous: a generator can repeat what it was shown.",
                "class",
                "soft");
    }

    private void generators(Markup header) {
        warnings.forEach(warning -> header.element("p", warning, "class", "missing alarm"));
    }

    private static void leakage(Markup header, Results results) {
        List<String> broken = new ArrayList<>();
        int checks = 0;
        for (Results.Check check : results.leakage()) {
            checks++;
            if (!check.holds()) {
                broken.add(check.check() + " (" + check.detail() + ")");
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
                    "missing alarm");
        }
    }

    private static boolean hasTiles(Results results) {
        long arms = ArmRuns.of(results).stream().filter(ArmRuns::isTested).count();
        return arms > 0 && arms <= MOST_TILES;
    }

    private static void tiles(Markup header, Results results, Answer answer) {
        header.open("div", "class", "tiles");
        ArmFigures figures = new ArmFigures(results);
        for (Difference difference : answer.tested()) {
            String from = NumberText.fixed(figures.value(difference.a(), difference.metric(), difference.point()), 3);
            String to = NumberText.fixed(figures.value(difference.b(), difference.metric(), difference.point()), 3);
            tile(
                    header,
                    from + " → " + to,
                    difference.name()
                            + (answer.others().size() > 1 ? ", “" + ArmRuns.title(difference.b(), results) + "”" : "")
                            + ": "
                            + NumberText.signed(100 * difference.value(), 2) + " points; "
                            + ComparisonText.evidence(difference));
        }
        results.majorityGuess()
                .ifPresent(guess -> tile(
                        header,
                        NumberText.fixed(guess.accuracy(), 3),
                        "accuracy of always “" + guess.className() + "”"));
        header.close();
    }

    private static void tile(Markup header, String number, String label) {
        header.open("div", "class", "tile")
                .element("span", number, "class", "number")
                .element("span", label)
                .close();
    }

    /** A last layer that is fitted alone takes no steps. */
    private static String budget(Results results) {
        boolean stepped = results.arms().isEmpty() || results.arms().stream().anyMatch(arm -> arm.steps() > 0);
        return stepped
                ? "every arm trained for the same number of " + results.budget().word()
                : "the last layer of every arm fitted until it has converged";
    }

    private static String summary(Results results) {
        return NumberText.plain(results.dataset().images()) + " images, protocol “"
                + results.protocol() + "”"
                + results.folds()
                        .map(folds -> ", " + folds.count() + " folds, so that each image was tested once")
                        .orElse("")
                + ", positive class “"
                + results.positive() + "”, " + budget(results) + ", " + NumberText.duration(results.seconds())
                + (results.secondsOf().isPresent() ? " in all." : " of training and drawing.");
    }
}
