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
    /** Of every family in the arms; where there is none, of the first, whose size {@code degraded} then means. */
    Map<String, GeneratorSpec<?>> of(List<Arm> arms) {
        List<ModelFamily<?>> families = new ArrayList<>();
        arms.stream().flatMap(arm -> arm.family().stream()).distinct().forEach(name -> families.add(zoo.named(name)));
        if (families.isEmpty()) {
            families.add(zoo.first());
        }
        Map<String, GeneratorSpec<?>> specs = new LinkedHashMap<>();
        families.forEach(family -> specs.put(family.name(), spec(family, families)));
        return specs;
    }

    private <O extends ModelOptions> GeneratorSpec<O> spec(ModelFamily<O> family, List<ModelFamily<?>> all) {
        Optional<JsonObject> record =
                recorded.flatMap(file -> recorded(JsonObject.read(file).object("options"), family.name()));
        GeneratorSpec<O> spec = record.isPresent()
                ? gan.over(GeneratorSpec.read(family, record.get(), false), all, seed)
                : gan.of(family, all, seed);
        // An experiment's generator learns the scarcest class alone.
        return spec.learning(1);
    }

    /** The options of a family in a record of any version. */
    private static Optional<JsonObject> recorded(JsonObject options, String family) {
        if (options.has("gan")) {
            return family.equals(ArmSource.OLD_FAMILY) ? Optional.of(options.object("gan")) : Optional.empty();
        }
        return Optional.of(options.object("generators"))
                .filter(generators -> generators.has(family))
                .map(generators -> generators.object(family));
    }

    /** What was trained before decides how its family is trained. */
    static Map<String, GeneratorSpec<?>> with(PretrainedGenerator pretrained, Map<String, GeneratorSpec<?>> given) {
        Map<String, GeneratorSpec<?>> specs = new LinkedHashMap<>(given);
        specs.put(pretrained.family(), pretrained.options());
        return specs;
    }
}
