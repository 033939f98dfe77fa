package org.lesionforge.torch.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class SgdTest {
    private static LinearImpl oneWeight(double value) {
        LinearImpl net = Layers.linear(1, 1, false);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().fill_(new Scalar(value));
        }
        return net;
    }

    private static float afterStep(LinearImpl net, Sgd sgd, double gradient, double share) {
        try (Scope scope = new Scope()) {
            sgd.zeroGradients();
            net.weight().mul(new Scalar(gradient)).sum().backward();
            sgd.step(share, Refusal.NONE);
            return Tensors.floats(net.weight())[0];
        }
    }

    @Test
    void theVelocityAddsUp() {
        LinearImpl net = oneWeight(1);
        try (Sgd sgd = new Sgd(net, 0.1, 0.9)) {
            // v = 1, then 0.9 + 1 = 1.9, then 1.71 − 2 = −0.29, of which half a rate is taken.
            assertEquals(0.9, afterStep(net, sgd, 1, 1), 1e-6);
            assertEquals(0.71, afterStep(net, sgd, 1, 1), 1e-6);
            assertEquals(0.7245, afterStep(net, sgd, -2, 0.5), 1e-6);
        }
    }

    @Test
    void theMomentumMayChangeFromStepToStep() {
        LinearImpl net = oneWeight(1);
        double[] momentum = {0.9};
        try (Sgd sgd = new Sgd(net, 0.1, () -> momentum[0])) {
            assertEquals(0.9, afterStep(net, sgd, 1, 1), 1e-6);
            // v = 0.5 · 1 + 1, at a rate of 0.2.
            momentum[0] = 0.5;
            sgd.setLearningRate(0.2);
            assertEquals(0.6, afterStep(net, sgd, 1, 1), 1e-6);
        }
    }

    @Test
    void whatItRemembersCanBeTakenUp() {
        LinearImpl net = oneWeight(1);
        LinearImpl other = oneWeight(0.9);
        try (Sgd sgd = new Sgd(net, 0.1, 0.9);
                Sgd resumed = new Sgd(other, 0.1, 0.9)) {
            afterStep(net, sgd, 1, 1);
            resumed.load(sgd.state());
            assertEquals(afterStep(net, sgd, 3, 1), afterStep(other, resumed, 3, 1), 0);
            String message = assertThrows(UnusableInputException.class, () -> resumed.load(Map.of()))
                    .getMessage();
            assertTrue(message.contains("momentum_buffer.weight") && message.contains("[1, 1], got nothing"), message);
        }
    }

    /** A layer that no loss has reached keeps its weights, and stops nothing. */
    @Test
    void aParameterWithoutAGradientStaysAsItIs() {
        LinearImpl net = oneWeight(2);
        try (Sgd sgd = new Sgd(net, 0.1, 0.9)) {
            sgd.step(1, Refusal.NONE);
        }
        try (Scope scope = new Scope()) {
            assertEquals(2, Tensors.floats(net.weight())[0]);
        }
    }
}
