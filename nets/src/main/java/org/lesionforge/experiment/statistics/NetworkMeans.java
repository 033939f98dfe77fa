package org.lesionforge.experiment.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.PairedRepeats;
import org.lesionforge.metric.statistics.Repeats;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.OverNetworks;

/**
 * What several networks come to together: the mean of their differences, (1 / N) Σₙ (bₙ − aₙ), each bₙ and aₙ itself a mean over seeds. Its interval is a
 * percentile bootstrap over groups of test images (Efron 1979) in which each draw is used for both arms of every network, so that what images have in common for
 * all networks is not averaged away as if it were independent. Networks are fixed, as the readers are in the analysis of fixed readers and random cases by
 * Dorfman, Berbaum and Metz (1992).
 *
 * <p>Where each seed has its own split there are no common images: then it is Student's interval of the splits' means over networks.
 */
final class NetworkMeans {
    /** By the names of classifier and arm. */
    private final Map<List<String>, ArmPredictions> arms;

    private final boolean resplit;
    private final long seed;

    NetworkMeans(List<Tested> arms, boolean resplit, long seed) {
        this.arms = arms.stream()
                .collect(Collectors.toMap(arm -> List.of(arm.classifier(), arm.name()), Tested::predictions));
        this.resplit = resplit;
        this.seed = seed;
    }

    /** One for each arm, measure and operating point that is tested with two networks or more, in the order of the comparisons. */
    List<OverNetworks> of(List<Comparison> comparisons) {
        Map<List<Object>, List<Comparison>> byQuestion = new LinkedHashMap<>();
        comparisons.stream().filter(each -> each.pValue().isPresent()).forEach(each -> byQuestion
                .computeIfAbsent(List.of(each.b(), each.metric(), each.operatingPoint()), unused -> new ArrayList<>())
                .add(each));
        return byQuestion.values().stream()
                .filter(networks -> networks.size() > 1)
                .map(networks -> OverNetworks.of(networks, mean(networks)))
                .toList();
    }

    private Estimate mean(List<Comparison> networks) {
        Comparison first = networks.get(0);
        Measure measure = Stream.of(Measure.values())
                .filter(each -> each.word().equals(first.metric()))
                .findFirst()
                .orElseThrow();
        List<List<Outcomes>> ofA =
                networks.stream().map(each -> outcomes(each, each.a())).toList();
        List<List<Outcomes>> ofB =
                networks.stream().map(each -> outcomes(each, each.b())).toList();
        if (resplit) {
            Repeats overSplits =
                    PairedRepeats.of(bySeed(measure, ofA), bySeed(measure, ofB)).difference();
            return new Estimate(overSplits.mean(), overSplits.ci95());
        }
        // Every network has the same seeds, so the mean over all outcomes is the mean over networks of means over
        // seeds.
        return Estimate.ofDifference(
                measure,
                flat(ofA),
                flat(ofB),
                new GroupBootstrap(predictions(first, first.a()).groups(), seed));
    }

    private ArmPredictions predictions(Comparison comparison, String arm) {
        return Objects.requireNonNull(arms.get(List.of(comparison.classifier(), arm)));
    }

    /** Of the test images, one per seed. */
    private List<Outcomes> outcomes(Comparison comparison, String arm) {
        ArmPredictions said = predictions(comparison, arm);
        return comparison.operatingPoint().equals(Optional.of(OperatingPoint.VALIDATION))
                ? said.at(said.thresholds())
                : said.outcomes();
    }

    private static double[] bySeed(Measure measure, List<List<Outcomes>> networks) {
        return IntStream.range(0, networks.get(0).size())
                .mapToDouble(k -> networks.stream()
                        .mapToDouble(seeds -> measure.of(seeds.get(k)))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static List<Outcomes> flat(List<List<Outcomes>> networks) {
        return networks.stream().flatMap(List::stream).toList();
    }
}
