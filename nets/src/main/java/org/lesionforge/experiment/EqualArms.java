package org.lesionforge.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * Arms with identical training: class weights where all classes have equally many images, or a number equal to what the
 * class lacks. Training both would only compare a classifier with itself, so one represents the others.
 */
final class EqualArms {
    /** What an arm comes to on one training part. */
    private record Treatment(
            ArmSource source,
            List<Integer> counts,
            boolean only,
            boolean weighted,
            boolean degraded,
            boolean filtered,
            boolean shuffled) {}

    private final Map<Arm, Arm> standIns = new LinkedHashMap<>();
    private final ExperimentOptions options;
    private final List<Dataset> splits;

    /** @param splits that the arms are trained on; equal are those that are so on all */
    private EqualArms(ExperimentOptions options, List<Dataset> splits, Predicate<Arm> finished) {
        this.options = options;
        this.splits = splits;
        Map<List<Treatment>, List<Arm>> alike = new LinkedHashMap<>();
        options.arms().forEach(arm -> alike.computeIfAbsent(treatments(arm), unused -> new ArrayList<>())
                .add(arm));
        for (Arm arm : options.arms()) {
            List<Arm> equals = Objects.requireNonNull(alike.get(treatments(arm)));
            Arm first = equals.stream().filter(finished).findFirst().orElse(equals.get(0));
            standIns.put(arm, finished.test(arm) ? arm : first);
        }
    }

    /** @param finished arms that are trained already: each stands for itself, and sooner than another for its equals */
    static EqualArms of(Dataset dataset, ExperimentOptions options, Predicate<Arm> finished) {
        return new EqualArms(options, new Splits(dataset, options).all(), finished);
    }

    /** The arms to train, in the order asked for. */
    List<Arm> trained() {
        return standIns.values().stream().distinct().toList();
    }

    /** The others, with what stands for each. */
    List<Results.EqualArm> others() {
        List<Results.EqualArm> others = new ArrayList<>();
        standIns.forEach((arm, standIn) -> {
            if (!arm.equals(standIn)) {
                others.add(new Results.EqualArm(arm.word(), standIn.word(), reason(arm, standIn)));
            }
        });
        return others;
    }

    private List<Treatment> treatments(Arm arm) {
        return splits.stream().map(split -> treatment(arm, split)).toList();
    }

    private Treatment treatment(Arm arm, Dataset split) {
        Optional<Imbalance> imbalance = options.imbalance(options.training(split));
        TrainingPart real = options.heldOutReals(split).of(arm);
        List<Integer> counts =
                IntStream.of(Imbalance.counts(arm, real, imbalance)).boxed().toList();
        boolean balanced = counts.stream().distinct().count() == 1;
        return new Treatment(
                arm.source(),
                counts,
                arm.only(),
                arm.classWeights() && !balanced,
                arm.degraded()
                        && options.generatorSize(arm) != options.classifier().size(),
                arm.filtered(),
                arm.shuffled());
    }

    private String reason(Arm arm, Arm standIn) {
        List<String> reasons = new ArrayList<>();
        if (!arm.amount().equals(standIn.amount())) {
            reasons.add("both add as many images");
        }
        if (arm.classWeights() != standIn.classWeights()) {
            reasons.add("all classes have as many training images, so that every class weight is 1");
        }
        if (arm.degraded() != standIn.degraded()) {
            reasons.add("the GAN's images are as large as the classifier's");
        }
        return String.join("; ", reasons);
    }
}
