package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ArithmeticTest {
    /** Between 1 and its neighbour in bfloat16, 1.0078125, and nearer to 1. */
    private static final float BETWEEN = 1.001f;

    @BeforeAll
    static void load() {
        Torch.load();
    }

    /** A switch of libtorch's that needs no card. */
    private static boolean tf32() {
        boolean convolutions = torch.globalContext().allowTF32CuDNN();
        assertEquals(convolutions, torch.globalContext().allowTF32CuBLAS());
        return convolutions;
    }

    private static float product() {
        try (Scope scope = new Scope()) {
            Tensor number = Tensors.of(new float[] {BETWEEN}, 1, 1);
            Tensor product = number.matmul(torch.ones(1, 1));
            return Tensors.floats(product.to(product.device(), ScalarType.Float))[0];
        }
    }

    @Test
    void bfloat16RoundsProductsUntilItIsClosed() {
        Compute half = new Compute(new Device("cpu"), Precision.BFLOAT16);
        assertEquals(BETWEEN, product());
        try (Arithmetic training = half.training()) {
            assertEquals(1, product());
            try (Arithmetic exact = half.exact()) {
                assertEquals(BETWEEN, product());
            }
            assertEquals(1, product());
        }
        assertEquals(BETWEEN, product());
    }

    /** The gradient of x·w towards w is x: 1.001, and 1 if it is rounded. */
    @Test
    void theWayBackHasTheTypesOfTheWayThere() {
        try (Scope scope = new Scope();
                Arithmetic training = new Compute(new Device("cpu"), Precision.BFLOAT16).training()) {
            Tensor x = Tensors.of(new float[] {BETWEEN}, 1, 1).requires_grad_(true);
            Tensor w = torch.ones(1, 1).requires_grad_(true);
            Tensor exact;
            try (AutocastOff off = new AutocastOff()) {
                exact = x.matmul(w);
                assertEquals(BETWEEN, product());
            }
            assertEquals(1, product());
            Gradients.add(exact.sum());
            assertEquals(BETWEEN, Tensors.floats(w.grad())[0]);
            w.mutable_grad().reset();
            assertEquals(1, Tensors.floats(Gradients.towards(x, x.matmul(w)))[0]);
            Gradients.add(x.matmul(w).sum());
            assertEquals(1, Tensors.floats(w.grad())[0], "of a rounded product the factors are rounded");
            assertEquals(1, product());
        }
        assertEquals(BETWEEN, product());
    }

    @Test
    void aChangedWeightIsNotRememberedAsItWas() {
        try (Scope scope = new Scope();
                Arithmetic training = new Compute(new Device("cpu"), Precision.BFLOAT16).training()) {
            Tensor weight = torch.ones(1, 1).requires_grad_(true);
            Tensor one = torch.ones(1, 1);
            assertEquals(1, Tensors.item(one.matmul(weight).sum()));
            weight.data().fill_(new Scalar(3.0));
            assertEquals(3, Tensors.item(one.matmul(weight).sum()));
        }
    }

    @Test
    void tf32IsOnForATrainingInItAlone() {
        Device card = new Device("cuda");
        assertFalse(tf32());
        try (Arithmetic training = new Compute(card, Precision.TF32).training()) {
            assertTrue(tf32());
        }
        assertFalse(tf32());
        for (Precision other : new Precision[] {Precision.FLOAT32, Precision.BFLOAT16}) {
            try (Arithmetic training = new Compute(card, other).training()) {
                assertFalse(tf32());
                assertEquals(other == Precision.BFLOAT16, torch.is_autocast_enabled(torch.DeviceType.CUDA));
            }
        }
        assertFalse(torch.is_autocast_enabled(torch.DeviceType.CUDA));
    }

    /** The switch belongs to the process. */
    @Test
    void whatIsMeasuredBesideATrainingInTf32WaitsForItsStep() throws InterruptedException {
        Compute card = new Compute(new Device("cuda"), Precision.TF32);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch measured = new CountDownLatch(1);
        boolean[] rounded = {true};
        Thread measuring = new Thread(() -> {
            begun.countDown();
            try (Arithmetic exact = card.exact()) {
                rounded[0] = tf32();
            }
            measured.countDown();
        });
        try (Arithmetic training = card.training()) {
            measuring.start();
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            assertFalse(measured.await(100, TimeUnit.MILLISECONDS));
            assertTrue(tf32());
        }
        assertTrue(measured.await(10, TimeUnit.SECONDS));
        assertFalse(rounded[0]);
    }
}
