package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.metric.Measure;
import org.lesionforge.run.OverNetworks;
import org.lesionforge.run.Results;

/**
 * What several networks say of an arm together, in plain words. A network shows a gain where the interval of its difference is above 0, and a
 * loss where it is below; a gain that one network of several shows alone is said to be that, and no network's change is left out.
 */
public final class NetworksText {
    private static final String MAIN = Measure.ROC_AUC.word();

    private final Results results;
    private final List<Difference> differences;

    private NetworksText(Results results) {
        this.results = results;
        differences = Difference.of(results);
    }

    /**
     * What the networks show of an arm.
     *
     * @param shown in how many of them it gains or loses, without a full stop
     * @param about the measure and the arms
     * @param evidence the change of each, their mean, and what is left after adjustment, as sentences; empty for arms that are named together
     */
    public record Verdict(String shown, String about, String evidence) {
        /** {@return the evidence where it does not follow what is shown; empty where there is none} */
        public Optional<String> details() {
            return evidence.isEmpty() ? Optional.empty() : Optional.of(about + ": " + evidence);
        }
    }

    /**
     * {@return for each arm what the networks show in ROC AUC; where there are many arms, those together with which none shows anything}
     *
     * @param results of an experiment; of a single network there is nothing to say
     */
    public static List<Verdict> verdicts(Results results) {
        NetworksText text = new NetworksText(results);
        List<OverNetworks> arms = text.main();
        boolean few = new Answer(results).isShort();
        Stream<Verdict> verdicts =
                arms.stream().filter(over -> few || isChange(over)).map(text::verdict);
        return Stream.concat(verdicts, few ? Stream.empty() : without(arms).stream())
                .toList();
    }

    /**
     * {@return for each arm with losses what falls in which networks beside ROC AUC: a gain in that must not hide a fall in sensitivity}
     *
     * @param results of an experiment
     */
    public static List<String> losses(Results results) {
        NetworksText text = new NetworksText(results);
        return text.main().stream().map(text::losses).flatMap(Optional::stream).toList();
    }

    /**
     * {@return for each arm one sentence on all networks, without numbers: what they show in ROC AUC, whether it is more than chance, what falls}
     *
     * @param results of an experiment; of a single network there is nothing to say
     */
    public static List<String> sentences(Results results) {
        NetworksText text = new NetworksText(results);
        return text.main().stream().map(text::sentence).toList();
    }

    private List<OverNetworks> main() {
        return results.overNetworks().stream()
                .filter(over -> over.metric().equals(MAIN))
                .toList();
    }

    private static boolean isChange(OverNetworks over) {
        return !over.gains().isEmpty() || !over.losses().isEmpty();
    }

    private Verdict verdict(OverNetworks over) {
        String each = over.networks().stream()
                .map(network -> network + " " + change(over, network))
                .collect(Collectors.joining("; "));
        return new Verdict(
                shown(over),
                MeasureNames.of(MAIN) + arms(over),
                each + ". " + mean(over) + (isChange(over) ? " Adjusted" + chance(over) + "." : ""));
    }

    private String sentence(OverNetworks over) {
        List<String> clauses = new ArrayList<>(List.of(shown(over)));
        if (isChange(over)) {
            clauses.add("adjusted" + chance(over));
        }
        falls(over).forEach(fall -> clauses.add(name(fall) + " falls with " + joined(fall.losses())));
        return String.join("; ", clauses) + ".";
    }

    /** {@code Only resnet-50 of 3 networks shows a gain in ROC AUC with dcgan against none}. */
    private static String shown(OverNetworks over) {
        int networks = over.networks().size();
        int gains = over.gains().size();
        int losses = over.losses().size();
        String name = MeasureNames.of(over.metric());
        if (gains > 0 && losses > 0) {
            return "The networks contradict each other in " + name + arms(over) + ", for " + gains + " of " + networks
                    + (gains == 1 ? " shows" : " show") + " a gain and " + losses + " a loss";
        }
        if (!isChange(over)) {
            return none(networks) + " shows a gain or a loss in " + name + arms(over);
        }
        List<String> those = gains > 0 ? over.gains() : over.losses();
        String all = networks == 2 ? "Both networks show" : "All " + networks + " networks show";
        String who = those.size() == networks
                ? all
                : those.size() == 1
                        ? "Only " + those.get(0) + " of " + networks + " networks shows"
                        : those.size() + " of " + networks + " networks show";
        return who + (gains > 0 ? " a gain in " : " a loss in ") + name + arms(over);
    }

    private static String none(int networks) {
        return networks == 2 ? "Neither of 2 networks" : "None of " + networks + " networks";
    }

    private static String arms(OverNetworks over) {
        return " with " + over.b() + " against " + over.a();
    }

    /** {@code +4.0 points, 95 % CI +1.0 to +7.0}. */
    private String change(OverNetworks over, String network) {
        Difference difference = difference(over, network);
        return Double.isFinite(difference.value()) ? difference.points() : "undefined";
    }

    /** What is said over networks is of comparisons that are there: {@code Results.read} sees to it. */
    private Difference difference(OverNetworks over, String network) {
        return differences.stream()
                .filter(each -> over.isOf(each.comparison()))
                .filter(each -> each.comparison().classifier().equals(network))
                .findFirst()
                .orElseThrow();
    }

    private String mean(OverNetworks over) {
        if (!Double.isFinite(over.difference())) {
            return "The mean over the networks is undefined.";
        }
        String at = ", for other " + (results.resplit() ? "splits" : "test images") + " and these networks.";
        return "The mean over the networks is " + Difference.points(over.difference(), over.ci95()) + at;
    }

    /** {@code  for all 3 planned tests of this experiment, that is more than chance with vgg-16}. */
    private String chance(OverNetworks over) {
        List<String> shown = over.networks().stream()
                .filter(network -> difference(over, network).isShown())
                .toList();
        long tests = differences.stream().filter(Difference::isPlannedTest).count();
        return " for all " + tests + " planned tests of this experiment, "
                + (shown.isEmpty()
                        ? "none of that is more than chance"
                        : "that is more than chance with " + joined(shown));
    }

    /** {@code What falls with dcgan against none: sensitivity at ½ with resnet-50 (…)}. */
    private Optional<String> losses(OverNetworks main) {
        String falls = falls(main).stream()
                .map(fall -> name(fall) + " with "
                        + joined(fall.losses().stream()
                                .map(network -> network + " (" + change(fall, network) + ")")
                                .toList()))
                .collect(Collectors.joining("; "));
        return falls.isEmpty() ? Optional.empty() : Optional.of("What falls" + arms(main) + ": " + falls + ".");
    }

    /** The other measures in which a network shows a loss with the same arm. */
    private List<OverNetworks> falls(OverNetworks main) {
        return results.overNetworks().stream()
                .filter(over -> over.b().equals(main.b()) && !over.metric().equals(MAIN))
                .filter(over -> !over.losses().isEmpty())
                .toList();
    }

    /** Of the measure, with its operating point. */
    private String name(OverNetworks over) {
        return difference(over, over.networks().get(0)).name();
    }

    /** Of many arms, those with which no network shows anything. */
    private static Optional<Verdict> without(List<OverNetworks> arms) {
        List<OverNetworks> quiet = arms.stream().filter(over -> !isChange(over)).toList();
        if (quiet.isEmpty()) {
            return Optional.empty();
        }
        OverNetworks first = quiet.get(0);
        String about = MeasureNames.of(MAIN) + " with "
                + joined(quiet.stream().map(OverNetworks::b).toList()) + " against " + first.a();
        return Optional.of(
                new Verdict(none(first.networks().size()) + " shows a gain or a loss in " + about, about, ""));
    }

    /** {@code a, b and c}. */
    private static String joined(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
