package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.StepResult;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** A batch with a NaN in it, in every family: what it would spoil stays as it was, to the last bit, and the next batch is learned from. */
final class BadStepOfFamiliesTest {
    private static StepResult step(GenerativeModel model, GeneratorOptions options, long iteration, boolean bad) {
        int side = options.size();
        float[] pixels = new float[options.batch() * options.channels() * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (31 * i % 256) / 127.5f - 1;
        }
        if (bad) {
            // The whole last image: flips and crops must not lose it.
            Arrays.fill(pixels, pixels.length / options.batch() * (options.batch() - 1), pixels.length, Float.NaN);
        }
        long[] labels = new long[options.batch()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % options.classCount();
        }
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.of(pixels, options.batch(), options.channels(), side, side);
            return model.step(new Batch(images, Tensors.ofLongs(labels, labels.length), 100), iteration);
        }
    }

    private static Map<String, float[]> values(GenerativeModel model) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            model.tensors().forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
        }
        return values;
    }

    private static boolean isFinite(float... values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aBadStepSpoilsNothingAndTheNextProceeds(FamilyCase family) {
        GeneratorOptions options = family.tiny().common();
        try (GenerativeModel model = family.tiny().create(Compute.cpu())) {
            assertFalse(step(model, options, 0, false).skipped());
            Map<String, float[]> before = values(model);
            StepResult bad = step(model, options, 1, true);
            Map<String, float[]> after = values(model);
            assertTrue(bad.skipped(), bad.toString());
            assertTrue(bad.numbers().values().stream().anyMatch(number -> number.isNaN()), "it says why: " + bad);
            boolean alone = before.keySet().stream().noneMatch(name -> name.contains("discriminator"));
            after.forEach((name, now) -> {
                assertTrue(isFinite(now), name);
                // A generator may learn on from what it made itself.
                if (alone || name.contains("discriminator")) {
                    assertArrayEquals(Objects.requireNonNull(before.get(name)), now, name);
                }
            });

            StepResult good = step(model, options, 2, false);
            assertFalse(good.skipped(), good.toString());
            assertEquals(
                    0,
                    good.numbers().values().stream()
                            .filter(number -> !Double.isFinite(number))
                            .count());
            Map<String, float[]> later = values(model);
            assertTrue(
                    later.keySet().stream()
                            .filter(name -> alone || name.contains("discriminator"))
                            .anyMatch(name -> !Arrays.equals(after.get(name), later.get(name))),
                    "it learns again");
        }
    }
}
