package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionforge.metric.Metric;

/**
 * Watches the losses and the snapshots for the ways in which a GAN fails without a word. Each alarm is raised once, and again only when its
 * cause has gone and come back.
 */
final class AlarmWatch {
    /** Share of the largest gap D(x) − D(G(z)) there can be, above which the discriminator has won. */
    static final double WON = 0.95;

    /** … and below which it has not any more. */
    static final double CONTESTED = 0.9;

    /** Iterations that the discriminator must have won, one after another. */
    static final int HELD = 200;

    /** Weight of an iteration in the running means. */
    static final double NEW = 0.02;

    /** The images have become alike when their spread is this share of the largest so far … */
    static final double SPREAD_LEFT = 0.7;

    /** … and recall this share of its largest. */
    static final double RECALL_LEFT = 0.5;

    /** An ideal generator's share of copies without held-out images to compare with: that of mutual nearest neighbours on a line, the most. */
    static final double COPIED_BY_CHANCE = 2.0 / 3;

    /**
     * What it remembers; iterations are 0 for never.
     *
     * @param lossD running mean
     * @param gap running mean of D(x) − D(G(z))
     * @param won the iteration from which on the discriminator has won
     * @param spread the largest so far
     * @param recall the largest so far
     * @param varied the iteration of the snapshot with the largest spread
     * @param collapsed whether mode collapse was reported
     * @param copied share of copies at the last snapshot
     * @param copies the iteration from which on there have been too many copies
     * @param memorised whether memorisation was reported
     */
    record State(
            double lossD,
            double gap,
            long won,
            double spread,
            double recall,
            long varied,
            boolean collapsed,
            double copied,
            long copies,
            boolean memorised) {
        static final State NONE = new State(Double.NaN, Double.NaN, 0, 0, 0, 0, false, 1, 0, false);
    }

    private final double largestGap;
    private State state = State.NONE;

    AlarmWatch(GanOptions options) {
        largestGap = 1 - options.remedies().labelSmoothing();
    }

    State state() {
        return state;
    }

    void restore(State earlier) {
        state = earlier;
    }

    /** Sees every iteration. */
    List<Alarm> see(GanStep.Outcome outcome, long iteration) {
        if (outcome.skipped()) {
            return List.of();
        }
        double lossD = mean(state.lossD, outcome.lossD());
        double gap = mean(state.gap, outcome.dReal() - outcome.dFake());
        long won = state.won;
        if (gap < CONTESTED * largestGap) {
            won = 0;
        } else if (won == 0 && gap > WON * largestGap) {
            won = iteration;
        }
        state = new State(
                lossD,
                gap,
                won,
                state.spread,
                state.recall,
                state.varied,
                state.collapsed,
                state.copied,
                state.copies,
                state.memorised);
        if (won == 0 || iteration != won + HELD) {
            return List.of();
        }
        return List.of(new Alarm(
                Alarm.Kind.DISCRIMINATOR_WINS,
                won,
                iteration,
                String.format(
                        Locale.ROOT,
                        "D(x) - D(G(z)) is %.3f of at most %.3g and loss D %.3f, means over the last %d iterations",
                        gap,
                        largestGap,
                        lossD,
                        Math.round(1 / NEW)),
                "look at the sample grids, for the generator learns little from here on; an earlier snapshot, or a new "
                        + "run with --preset small-data, --translation 0.125 or --spectral-norm"));
    }

    private static double mean(double before, double value) {
        return Double.isNaN(before) ? value : before + NEW * (value - before);
    }

    /** Sees every snapshot that was measured. */
    List<Alarm> see(SnapshotJudge.Verdict verdict, long iteration) {
        List<Alarm> alarms = new ArrayList<>();
        Map<String, Metric> metrics = verdict.metrics();
        if (metrics.containsKey("spread") && metrics.containsKey("recall")) {
            variety(metrics.get("spread").value(), metrics.get("recall").value(), iteration, alarms);
        }
        if (metrics.containsKey("copied")) {
            double limit = metrics.containsKey("copied_validation")
                    ? metrics.get("copied_validation").value()
                    : COPIED_BY_CHANCE;
            copies(metrics.get("copied").value(), limit, iteration, alarms);
        }
        return alarms;
    }

    private void variety(double spread, double recall, long iteration, List<Alarm> alarms) {
        boolean alike = spread < SPREAD_LEFT * state.spread && recall <= RECALL_LEFT * state.recall;
        if (alike && !state.collapsed) {
            alarms.add(new Alarm(
                    Alarm.Kind.MODE_COLLAPSE,
                    state.varied,
                    iteration,
                    String.format(
                            Locale.ROOT,
                            "the generated images are %.2f as far from each other as real ones, after %.2f; recall is "
                                    + "%.3f, after %.3f",
                            spread,
                            state.spread,
                            recall,
                            state.recall),
                    "an earlier snapshot; or a new run with a lower --lr, a smaller --width, --minibatch-std or "
                            + "--preset small-data"));
        }
        boolean most = spread > state.spread;
        state = new State(
                state.lossD,
                state.gap,
                state.won,
                most ? spread : state.spread,
                Math.max(recall, state.recall),
                most ? iteration : state.varied,
                alike,
                state.copied,
                state.copies,
                state.memorised);
    }

    private void copies(double copied, double limit, long iteration, List<Alarm> alarms) {
        boolean many = copied > limit;
        long since = !many ? 0 : state.copies == 0 ? iteration : state.copies;
        boolean raised = many && !state.memorised && copied > state.copied;
        if (raised) {
            alarms.add(new Alarm(
                    Alarm.Kind.MEMORISATION,
                    since,
                    iteration,
                    String.format(
                            Locale.ROOT,
                            "%.0f %% of the generated images are nearer to a training image than that is to any other, "
                                    + "after %.0f %%; of real images that were not trained on it would be %.0f %%",
                            100 * copied,
                            100 * state.copied,
                            100 * limit),
                    "an earlier snapshot; or a new run with more images, flips or a smaller --width; see which images "
                            + "with: lesionforge evaluate --metrics memorisation"));
        }
        state = new State(
                state.lossD,
                state.gap,
                state.won,
                state.spread,
                state.recall,
                state.varied,
                state.collapsed,
                copied,
                since,
                many && (state.memorised || raised));
    }
}
