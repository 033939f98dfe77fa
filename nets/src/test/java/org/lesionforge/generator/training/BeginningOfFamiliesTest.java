package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.training.CheckpointPolicy;

/** How the trainings of every family can begin: with the weights of another one, and with options for small data. */
final class BeginningOfFamiliesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aTrainingBeginsWithTheWeightsOfAnother(FamilyCase family) throws IOException {
        TinyTraining.prepare(folder);
        GeneratorSpec<?> one = family.tiny().common(common -> common.batch(5).snapshotEvery(1));
        Path first = folder.resolve("first");
        TinyTraining.of(folder, one).run(first, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        GeneratorRun run = GeneratorRun.open(first, GeneratorZoo.STANDARD);
        GeneratorSpec<?> other =
                family.tiny().common(common -> common.seed(11).epochs(3).patience(2));
        InitialWeights weights = InitialWeights.of(run, other, Progress.SILENT);
        try (GenerativeModel model = other.create(Compute.cpu());
                Scope scope = new Scope()) {
            weights.load(model, run.config().learned().names(), other.usesLabels());
            Map<String, Tensor> theirs = Safetensors.open(run.checkpoints()
                            .resolve(String.format(
                                    Locale.ROOT,
                                    "state-%08d.safetensors",
                                    weights.init().iteration())))
                    .tensors();
            model.learned()
                    .forEach((name, tensor) -> assertArrayEquals(
                            Tensors.floats(Objects.requireNonNull(theirs.get(name))), Tensors.floats(tensor), name));
            if (other.usesLabels() && model.learned().keySet().stream().noneMatch(model::hasRowPerClass)) {
                List<String> others = List.of("malignant", "benign");
                String message = assertThrows(UnusableInputException.class, () -> weights.load(model, others, true))
                        .getMessage();
                assertTrue(message.contains("[benign, malignant]") && message.contains("[malignant, benign]"), message);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void everyFamilyHasAPresetForSmallData(FamilyCase family) {
        GeneratorSpec<?> small = family.tiny().family().preset("small-data");
        assertFalse(small.equals(family.tiny().family().preset(Preset.PAPER)));
    }
}
