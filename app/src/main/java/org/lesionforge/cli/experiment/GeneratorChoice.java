package org.lesionforge.cli.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.experiment.PretrainedGenerator;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * How the generators of an experiment's arms are trained.
 *
 * @param zoo the families that they may be of
 * @param gan the options that are given, of all families
 * @param seed of their trainings
 * @param recorded a run's {@code config.json} with what it recorded of each of several families
 */
record GeneratorChoice(GeneratorZoo zoo, GanOptionsMixin gan, long seed, Optional<Path> recorded) {
    /** The option by which families that can tell classes apart do so. */
    private static final String CONDITIONAL = "conditional";

    /** Of every generator that the arms need; where there is none, of the first family, whose size {@code degraded} then means. */
    Map<String, GeneratorSpec<?>> of(List<Arm> arms) {
        List<String> names = arms.stream()
                .flatMap(arm -> arm.generator().stream())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            names = List.of(zoo.first().name());
        }
        List<ModelFamily<?>> families = new ArrayList<>();
        names.stream().map(ArmSource::familyOf).distinct().forEach(family -> families.add(zoo.named(family)));
        Map<String, GeneratorSpec<?>> specs = new LinkedHashMap<>();
        names.forEach(name -> specs.put(name, spec(name, zoo.named(ArmSource.familyOf(name)), families)));
        return specs;
    }

    private <O extends ModelOptions> GeneratorSpec<O> spec(
            String name, ModelFamily<O> family, List<ModelFamily<?>> all) {
        Optional<JsonObject> record =
                recorded.flatMap(file -> recorded(JsonObject.read(file).object("options"), name));
        GeneratorSpec<O> usual =
                record.isPresent() ? GeneratorSpec.read(family, record.get(), false) : family.preset(gan.preset());
        // How many classes there are is known with the data set.
        return ArmSource.isOfEveryClass(name)
                ? gan.over(conditional(usual), all, seed, Map.of(CONDITIONAL, true))
                        .learning(1)
                : gan.over(usual, all, seed, Map.of()).learning(1);
    }

    /** First, since some options go with a conditional generator alone. */
    private static <O extends ModelOptions> GeneratorSpec<O> conditional(GeneratorSpec<O> spec) {
        return spec.conditional() ? spec : spec.with(Map.of(CONDITIONAL, true));
    }

    /** The options of a generator in a record of any version. */
    private static Optional<JsonObject> recorded(JsonObject options, String name) {
        if (options.has("gan")) {
            return name.equals(ArmSource.OLD_FAMILY) ? Optional.of(options.object("gan")) : Optional.empty();
        }
        return Optional.of(options.object("generators"))
                .filter(generators -> generators.has(name))
                .map(generators -> generators.object(name));
    }

    /**
     * What was trained before decides how a generator like it is trained.
     *
     * @throws UnusableInputException when two of {@code pretrained} would be the same generator of the experiment
     */
    static Map<String, GeneratorSpec<?>> with(
            List<PretrainedGenerator> pretrained, List<Arm> arms, Map<String, GeneratorSpec<?>> given) {
        Map<String, PretrainedGenerator> taken = new LinkedHashMap<>();
        for (PretrainedGenerator each : pretrained) {
            PretrainedGenerator other = taken.put(each.name(arms), each);
            if (other != null) {
                throw new UnusableInputException("--gan names two runs of which each would be the generator "
                        + each.name(arms) + " of the arms: " + other.folder() + " and " + each.folder()
                        + "; leave one of them out");
            }
        }
        Map<String, GeneratorSpec<?>> specs = new LinkedHashMap<>(given);
        taken.forEach((name, each) -> specs.put(name, each.options()));
        return specs;
    }
}
