package org.lesionforge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.Measure;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * Whether a control gains what an arm with generated images gains, in ROC AUC over the first arm. A control has the same images with their
 * classes shuffled, or training images again as a generator of their size would show them: it cannot gain by what a generator has learned of the
 * classes. It shows the gain, too, when it gains at least as much, or when the intervals of both gains lie above 0.
 *
 * @param arm word of an arm that gains
 * @param control word of the control
 * @param classifier of both, as in {@link Results.ArmResult}
 * @param gain of the arm
 * @param controlGain of the control; may be below 0
 * @param alsoThere whether the control shows the gain, too, so that it is not the generator's
 * @param sentence for people
 */
public record ControlFinding(
        String arm,
        String control,
        @OptionalKey String classifier,
        double gain,
        double controlGain,
        boolean alsoThere,
        String sentence) {
    private static final String MEASURE = Measure.ROC_AUC.word();

    /**
     * {@return what the controls among the arms show, for each arm that gains and each of its controls}
     *
     * @param comparisons of all arms with the first
     */
    public static List<ControlFinding> of(List<Comparison> comparisons) {
        List<Comparison> gains = comparisons.stream()
                .filter(each -> each.metric().equals(MEASURE) && Arm.isOne(each.b()))
                .toList();
        List<ControlFinding> findings = new ArrayList<>();
        for (Comparison gain : gains) {
            for (Comparison control : gains) {
                if (gain.difference() > 0
                        && gain.classifier().equals(control.classifier())
                        && isControl(Arm.of(control.b()), Arm.of(gain.b()))) {
                    findings.add(of(gain, control));
                }
            }
        }
        return findings;
    }

    private static boolean isControl(Arm control, Arm arm) {
        boolean generated = arm.source().isGenerated() && !arm.shuffled();
        return generated
                && (control.source().equals(ArmSource.PROCESSED)
                        || (control.shuffled() && control.source().equals(arm.source())));
    }

    private static ControlFinding of(Comparison gain, Comparison control) {
        boolean alsoThere = control.difference() >= gain.difference()
                || (gain.ci95().low() > 0 && control.ci95().low() > 0);
        String both = "The gain of " + gain.b() + " over " + gain.a() + " in ROC AUC (" + points(gain) + ") ";
        String sentence = alsoThere
                ? both + "is not the generator's: the control " + control.b() + " shows it, too (" + points(control)
                        + ")."
                : both + "is not shown by the control " + control.b() + " (" + points(control) + ").";
        return new ControlFinding(
                gain.b(), control.b(), gain.classifier(), gain.difference(), control.difference(), alsoThere, sentence);
    }

    private static String points(Comparison comparison) {
        return String.format(
                        Locale.ROOT,
                        "%+.1f points, 95 %% CI %+.1f to %+.1f",
                        tenths(comparison.difference()),
                        tenths(comparison.ci95().low()),
                        tenths(comparison.ci95().high()))
                .replace('-', '−');
    }

    /** In percentage points; what rounds to 0 has no sign of its own. */
    private static double tenths(double share) {
        return Math.round(1000 * share) / 10.0;
    }
}
