package org.lesionforge.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Step;

/**
 * The estimated time of an experiment, or of the rest of it, on this machine, from a few seconds of measurement;
 * accurate to about a third.
 *
 * @param openingSeconds opening images of other generators and comparing them with the real ones; 0 in a run, which has opened them before
 *     its first step
 * @param auditSeconds the audit, a network's pass over all images among it
 * @param realArmsSeconds classifiers that need no GAN, with the features that they take first
 * @param ganSeconds steps of the GAN, without measuring its snapshots
 * @param measuringSeconds measuring the snapshots
 * @param drawingSeconds drawing synthetic images and comparing each with the training images
 * @param ganArmsSeconds classifiers on the GAN's images
 * @param resultsSeconds statistics, checks and pictures
 */
public record TimeEstimate(
        double openingSeconds,
        double auditSeconds,
        double realArmsSeconds,
        double ganSeconds,
        double measuringSeconds,
        double drawingSeconds,
        double ganArmsSeconds,
        double resultsSeconds) {

    /**
     * Measures and multiplies, for a run that has not begun.
     *
     * @param dataset of the experiment
     * @param options of the experiment
     * @param networks of the experiment
     * @param adopted names of generators that were trained before and are taken over, so that none of them is trained
     * @param jobs how many classifiers are to be trained in parallel, if memory allows
     * @param progress receives what is being measured
     * @return the estimate, with nothing for opening images of other generators
     * @throws IllegalArgumentException when {@code jobs} is below 1
     * @throws UnusableInputException as {@link Experiment#check}
     */
    public static TimeEstimate of(
            Dataset dataset,
            ExperimentOptions options,
            PretrainedNetworks networks,
            Set<String> adopted,
            int jobs,
            Progress progress) {
        Experiment.check(dataset, options, networks);
        int fitting = ParallelTrials.of(jobs, networks.trained(), options.classifier(), progress)
                .jobs();
        return new WorkAhead(dataset, options, networks, adopted, Optional.empty(), fitting).estimate(progress);
    }

    /**
     * Adds what opening images of other generators took when it was tried.
     *
     * @param seconds that it took
     * @return a copy with them
     */
    public TimeEstimate withOpening(double seconds) {
        return new TimeEstimate(
                seconds,
                auditSeconds,
                realArmsSeconds,
                ganSeconds,
                measuringSeconds,
                drawingSeconds,
                ganArmsSeconds,
                resultsSeconds);
    }

    /** {@return the time of all arms' classifiers, in seconds} */
    @JsonProperty
    public double classifierSeconds() {
        return realArmsSeconds + ganArmsSeconds;
    }

    /** {@return the time of all steps and of opening, in seconds} */
    @JsonProperty
    public double totalSeconds() {
        double total = openingSeconds;
        for (Step step : Step.values()) {
            total += of(step);
        }
        return total;
    }

    /**
     * The time of one step.
     *
     * @param step that is shown to the user
     * @return seconds; 0 for a step that has nothing to do
     */
    public double of(Step step) {
        return switch (step) {
            case AUDIT -> auditSeconds;
            case REAL_ARMS -> realArmsSeconds;
            case GAN -> ganSeconds + measuringSeconds;
            case DRAWING -> drawingSeconds;
            case GAN_ARMS -> ganArmsSeconds;
            case RESULTS -> resultsSeconds;
        };
    }

    /** {@return the steps that take any time, in their order} */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Step step : Step.values()) {
            if (of(step) > 0) {
                steps.add(step);
            }
        }
        return steps;
    }

    /**
     * A time in minutes or hours: {@code less than a minute}, {@code 12 min}, {@code 27.3 h}.
     *
     * @param seconds at least 0
     * @return minutes up to an hour and a half, hours from there on
     */
    public static String words(double seconds) {
        if (seconds < 60) {
            return "less than a minute";
        }
        return seconds < 5400
                ? Math.round(seconds / 60) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
