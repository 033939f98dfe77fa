package org.lesionforge.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Step;

/** Shows the current step of an experiment and the remaining time, and keeps the run's time up to date. */
final class StepProgress extends ForwardingProgress {
    private static final long NANOS_BETWEEN_NOTES = 10_000_000_000L;
    /** The share of the whole estimate after which the measured speed of the first steps replaces it. */
    private static final double TRUST = 0.1;

    private static final TimeEstimate NOTHING_FORESEEN = new TimeEstimate(0, 0, 0, 0, 0, 0, 0, 0);

    /** Where time is noted. */
    @FunctionalInterface
    interface Notes {
        void write() throws IOException;
    }

    private final Notes notes;
    private final LongSupplier clock;
    private TimeEstimate estimate = NOTHING_FORESEEN;
    /** Read by whoever shows something, from any thread. */
    private volatile Position position = new Position(null, 0, 0, 0);

    private long noted;

    /**
     * @param step null between two
     * @param spent seconds taken by the steps before
     * @param foreseen their estimated seconds
     */
    private record Position(@Nullable Step step, long started, double spent, double foreseen) {}

    StepProgress(Progress next, Notes notes) {
        this(next, notes, System::nanoTime);
    }

    StepProgress(Progress next, Notes notes, LongSupplier clock) {
        super(next);
        this.notes = notes;
        this.clock = clock;
        noted = clock.getAsLong();
    }

    /** Announces the estimated total time. */
    void start(TimeEstimate whole) {
        estimate = whole;
        StringBuilder steps = new StringBuilder();
        for (Step each : whole.steps()) {
            steps.append(steps.isEmpty() ? "" : "; ")
                    .append(each.title())
                    .append(": ")
                    .append(TimeEstimate.words(whole.of(each)));
        }
        message("estimated time: " + TimeEstimate.words(whole.totalSeconds()) + " (" + steps + ")");
        overall(this::line);
    }

    /** Ends the step before. A step that the estimate does not have (it is done already) is not announced. */
    void begin(Step step) {
        end();
        if (estimate.of(step) > 0) {
            position = new Position(step, clock.getAsLong(), position.spent(), position.foreseen());
            message(line() + ": " + step.title());
        }
    }

    /** No step is running any more. */
    void end() {
        Position at = position;
        if (at.step() != null) {
            double took = seconds(at.started());
            message(String.format(
                    Locale.ROOT,
                    "%s took %.0f s (estimated: %.0f s)",
                    at.step().title(),
                    took,
                    estimate.of(at.step())));
            position = new Position(null, 0, at.spent() + took, at.foreseen() + estimate.of(at.step()));
        }
        note();
    }

    private double seconds(long since) {
        return (clock.getAsLong() - since) / 1e9;
    }

    /** {@code step 3 of 5, 12 min left}; empty between steps. */
    String line() {
        Position at = position;
        if (at.step() == null) {
            return "";
        }
        double total = estimate.totalSeconds();
        double pace = (at.spent() + TRUST * total) / (at.foreseen() + TRUST * total);
        double elapsed = seconds(at.started());
        // A step that takes longer than estimated counts as nearly done.
        double left = Math.max(pace * estimate.of(at.step()) - elapsed, elapsed / 10);
        List<Step> steps = estimate.steps();
        for (Step later : steps) {
            left += later.compareTo(at.step()) > 0 ? pace * estimate.of(later) : 0;
        }
        return "step " + (steps.indexOf(at.step()) + 1) + " of " + steps.size() + ", " + TimeEstimate.words(left)
                + " left";
    }

    private synchronized void noteAfter(long nanos) {
        if (clock.getAsLong() - noted > nanos) {
            try {
                note();
            } catch (UncheckedIOException | MissingRequirementException e) {
                // A listener ends nothing: the work does, where it writes next.
                warn(Objects.requireNonNullElse(e.getMessage(), "the time could not be noted"));
            }
        }
    }

    private synchronized void note() {
        noted = clock.getAsLong();
        try {
            notes.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void advance(String task, long done, long total, String detail) {
        noteAfter(NANOS_BETWEEN_NOTES);
        super.advance(task, done, total, detail);
    }
}
