package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Steps of every family in bfloat16, on the CPU, which computes them as a card does, if slowly. */
final class Bfloat16TrainingTest {
    /** A number has 8 bits; sums and layers add up to some of the last. */
    private static final double TOLERANCE = 0.05;

    @Test
    void everyFamilyLearnsAsInFloat32ButForRounding() {
        for (FamilyCase each : FamilyCase.all()) {
            GeneratorSpec<?> tiny = each.tiny();
            String name = tiny.family().name();
            StepResult exact = step(tiny, Compute.cpu());
            StepResult rounded = step(tiny, Compute.of("cpu", Optional.of(Precision.BFLOAT16)));
            assertFalse(rounded.skipped(), name);
            assertNotEquals(exact.numbers(), rounded.numbers(), name);
            exact.numbers()
                    .forEach((key, value) -> assertEquals(
                            value, rounded.number(key), TOLERANCE * (1 + Math.abs(value)), name + " " + key));
        }
    }

    /** A number that bfloat16 has; the means of n losses of logits in bfloat16 would all be such. */
    private static boolean hasEightBits(double value) {
        return (Float.floatToIntBits((float) value) & 0xffff) == 0;
    }

    @Test
    void lossesAreFloat32() {
        for (FamilyCase each : FamilyCase.all()) {
            StepResult rounded = step(each.tiny(), Compute.of("cpu", Optional.of(Precision.BFLOAT16)));
            rounded.numbers().forEach((key, value) -> {
                if (key.startsWith("loss") || key.startsWith("score") || key.startsWith("d_")) {
                    assertFalse(value != 0 && hasEightBits(value), each + " " + key + " " + value);
                }
            });
        }
    }

    @Test
    void imagesAreDrawnInFloat32WithinATrainingInBfloat16() {
        for (FamilyCase each : FamilyCase.all()) {
            Compute half = Compute.of("cpu", Optional.of(Precision.BFLOAT16));
            try (GenerativeModel model = each.tiny().create(half)) {
                Sampler sampler = model.samplers().values().iterator().next();
                byte[] outside = sampler.pixels(new Seed(1), 0, 2, 0);
                try (Arithmetic training = half.training()) {
                    assertArrayEquals(outside, sampler.pixels(new Seed(1), 0, 2, 0), each.toString());
                }
            }
        }
    }

    private static StepResult step(GeneratorSpec<?> spec, Compute compute) {
        GeneratorOptions options = spec.common();
        byte[] pixels = new byte[options.batch() * options.size() * options.size() * options.channels()];
        new SplittableRandom(1).nextBytes(pixels);
        try (GenerativeModel model = spec.create(compute);
                Scope scope = new Scope();
                Arithmetic training = compute.training()) {
            Tensor images =
                    Tensors.images(pixels, options.batch(), options.size(), options.channels(), compute.device());
            StepResult first =
                    model.step(new Batch(images, Tensors.ofLongs(new long[options.batch()], options.batch()), 1000), 0);
            model.snapshots()
                    .forEach((weights, tensors) -> tensors.forEach((key, tensor) -> assertNotEquals(
                            ScalarType.BFloat16, tensor.scalar_type().intern(), key)));
            return first;
        }
    }
}
