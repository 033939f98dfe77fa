package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.wgan.WganGp;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** That what is measured stands for the whole training. */
final class GeneratorSpeedTest {
    /** The critic alone learns in four steps of five; an average of three steps would leave the fifth out. */
    @Test
    void aWassersteinGanRepeatsItselfAfterFiveSteps() {
        assertEquals(5, WganGp.FAMILY.preset("paper").cycle());
    }

    /** The same parts learn in a step and in the one a cycle later, once layers that begin with zeros let gradients through. */
    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void stepsRepeatAfterACycle(FamilyCase family) {
        GeneratorSpec<?> spec = family.tiny();
        List<Set<String>> learning = new ArrayList<>();
        try (GenerativeModel model = spec.create(Compute.cpu())) {
            for (int step = 0; step < 4 * spec.cycle(); step++) {
                Map<String, float[]> before = weights(model);
                step(model, spec.common(), step);
                Set<String> changed = new TreeSet<>();
                weights(model).forEach((name, values) -> {
                    if (!name.startsWith("ema.") && !Arrays.equals(values, before.get(name))) {
                        changed.add(name);
                    }
                });
                learning.add(changed);
            }
        }
        for (int step = 2 * spec.cycle(); step < 3 * spec.cycle(); step++) {
            assertFalse(learning.get(step).isEmpty());
            assertEquals(learning.get(step), learning.get(step + spec.cycle()), "step " + step);
        }
        if (spec.cycle() > 1) {
            assertNotEquals(learning.get(2 * spec.cycle()), learning.get(3 * spec.cycle() - 1));
        }
        assertTrue(GeneratorSpeed.secondsPerImage(spec, Compute.cpu()) > 0);
    }

    private static void step(GenerativeModel model, GeneratorOptions options, int iteration) {
        byte[] images = new byte[options.batch() * options.size() * options.size() * options.channels()];
        new Seed(iteration).random().nextBytes(images);
        try (Scope scope = new Scope()) {
            model.step(
                    new Batch(
                            Tensors.images(
                                    images,
                                    options.batch(),
                                    options.size(),
                                    options.channels(),
                                    Compute.cpu().device()),
                            Tensors.ofLongs(new long[options.batch()], options.batch()),
                            1000),
                    iteration);
        }
    }

    private static Map<String, float[]> weights(GenerativeModel model) {
        Map<String, float[]> weights = new HashMap<>();
        try (Scope scope = new Scope()) {
            model.learned()
                    .forEach((name, tensor) -> weights.put(name, Tensors.floats(Objects.requireNonNull(tensor))));
        }
        return weights;
    }
}
