package org.lesionforge.generator.zoo.lapgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

final class PyramidTest {
    private static final int SIDE = 16;

    /** The picture that the golden values are of: integers, so that it is the same everywhere. */
    private static Tensor picture() {
        float[] values = new float[3 * SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int byteValue = (3 * x + 5 * y + 40 * c + x * y / 32) % 256;
                    values[(c * SIDE + y) * SIDE + x] = (float) (byteValue / 127.5 - 1);
                }
            }
        }
        return Tensors.of(values, 1, 3, SIDE, SIDE);
    }

    private static Tensor detail(Pyramid pyramid, Tensor picture) {
        return picture.sub(pyramid.up(pyramid.down(picture)));
    }

    @ParameterizedTest
    @EnumSource
    void coarseImageAndDetailAreThoseOfAnotherImplementation(Pyramid pyramid) {
        Path golden = SharedFolder.require().resolve("golden/zoo/misc_generators.safetensors");
        String name = pyramid == Pyramid.BOX ? "lap.box_bilinear" : "lap.burt";
        try (Scope scope = new Scope()) {
            Map<String, Tensor> expected = Safetensors.open(golden).tensors();
            Tensor picture = picture();
            assertArrayEquals(
                    Tensors.floats(expected.get(name + ".coarse")), Tensors.floats(pyramid.down(picture)), 2e-7f);
            assertArrayEquals(
                    Tensors.floats(expected.get(name + ".h")), Tensors.floats(detail(pyramid, picture)), 5e-7f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesAreFloat32WithinATrainingInBfloat16(Pyramid pyramid) {
        try (Scope scope = new Scope()) {
            float[] coarse = Tensors.floats(pyramid.down(picture()));
            float[] detail = Tensors.floats(detail(pyramid, picture()));
            try (Arithmetic training =
                    Compute.of("cpu", Optional.of(Precision.BFLOAT16)).training()) {
                assertArrayEquals(coarse, Tensors.floats(pyramid.down(picture())));
                assertArrayEquals(detail, Tensors.floats(detail(pyramid, picture())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsItsCoarseImageDoubledAndItsDetail(Pyramid pyramid) {
        try (Scope scope = new Scope()) {
            Tensor picture = picture().to(ScalarType.Double);
            Tensor again = pyramid.up(pyramid.down(picture)).add(detail(pyramid, picture));
            assertEquals(0, Tensors.item(again.sub(picture).abs().max()), "in float64, as in the other implementation");
            Tensor single = picture();
            Tensor same = pyramid.up(pyramid.down(single)).add(detail(pyramid, single));
            assertEquals(0, Tensors.item(same.sub(single).abs().max()), Math.ulp(1f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTheSameEverywhereStays(Pyramid pyramid) {
        try (Scope scope = new Scope()) {
            Tensor plain = picture().mul(new Scalar(0)).add(new Scalar(0.25));
            float[] quarter = Tensors.floats(plain);
            assertArrayEquals(quarter, Tensors.floats(pyramid.up(pyramid.down(plain))), 1e-7f);
        }
    }

    /** A row 0 4 8 12 of 2×2 blocks: quarters and three quarters of the way between centres, the border as its pixel. */
    @Test
    void doublingInterpolatesBetweenCentres() {
        try (Scope scope = new Scope()) {
            Tensor row = Tensors.of(new float[] {0, 4, 8, 12}, 1, 1, 1, 4);
            float[] doubled = Tensors.floats(Pyramid.BOX.up(row).select(2, 0));
            assertArrayEquals(new float[] {0, 1, 3, 5, 7, 9, 11, 12}, doubled, 1e-6f);
        }
    }
}
