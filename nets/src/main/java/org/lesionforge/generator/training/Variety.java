package org.lesionforge.generator.training;

import java.util.Locale;
import java.util.Optional;
import org.lesionforge.run.Alarm;

/**
 * The largest diversity of generated images so far.
 *
 * @param spread the largest mean distance between two of them, over that between two real ones
 * @param recall the largest recall
 * @param since the iteration of the snapshot with that spread
 * @param collapsed whether they have become alike since
 */
record Variety(double spread, double recall, long since, boolean collapsed) {
    /** Before the first snapshot. */
    static final Variety START = new Variety(0, 0, 0, false);

    /** They have become alike when their spread is below this share of the largest … */
    static final double SPREAD_LEFT = 0.7;

    /** … and recall no more than this share of its largest. */
    static final double RECALL_LEFT = 0.5;

    Variety after(double nextSpread, double nextRecall, long iteration) {
        boolean more = nextSpread > spread;
        return new Variety(
                more ? nextSpread : spread,
                Math.max(recall, nextRecall),
                more ? iteration : since,
                isCollapse(nextSpread, nextRecall));
    }

    private boolean isCollapse(double nextSpread, double nextRecall) {
        return nextSpread < SPREAD_LEFT * spread && nextRecall <= RECALL_LEFT * recall;
    }

    Optional<Alarm> alarm(double nextSpread, double nextRecall, long iteration, String advice) {
        if (collapsed || !isCollapse(nextSpread, nextRecall)) {
            return Optional.empty();
        }
        return Optional.of(new Alarm(
                Alarm.Kind.MODE_COLLAPSE,
                since,
                iteration,
                String.format(
                        Locale.ROOT,
                        "generated images lie %.2f times as far apart as real ones, and did %.2f times; recall is %.3f, "
                                + "and was %.3f",
                        nextSpread,
                        spread,
                        nextRecall,
                        recall),
                advice));
    }
}
