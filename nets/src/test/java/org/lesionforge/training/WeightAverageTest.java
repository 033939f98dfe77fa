package org.lesionforge.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class WeightAverageTest {
    private static LinearImpl net() {
        LinearImpl net = Layers.linear(1, 1, true);
        set(net, 2);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.bias().fill_(new Scalar(1.0));
        }
        return net;
    }

    private static double[] values(LinearImpl net) {
        return new double[] {Tensors.floats(net.weight())[0], Tensors.floats(net.bias())[0]};
    }

    @Test
    void anAverageForgetsTheFirstWeightsQuickly() {
        LinearImpl net = net();
        try (WeightAverage average = WeightAverage.of(net, new AverageDecay.PerStep(0.25))) {
            set(net, 13);
            // Step 1 keeps 2/11: 2 · 2/11 + 13 · 9/11 = 11.
            average.update(net, 1, 1);
            assertEquals(11, Tensors.floats(average.state().get("weight"))[0], 1e-5);
            // Step 2 keeps min(0.25, 3/12), step 3 min(0.25, 4/13) = 0.25.
            set(net, 3);
            average.update(net, 1, 2);
            assertEquals(5, Tensors.floats(average.state().get("weight"))[0], 1e-5);
            set(net, 1);
            average.update(net, 1, 3);
            assertEquals(2, Tensors.floats(average.state().get("weight"))[0], 1e-5);
            average.swap(net);
            assertArrayEquals(new double[] {2, 1}, values(net), 1e-5);
            assertEquals(1, Tensors.floats(average.state().get("weight"))[0], 0);
            average.swap(net);
            assertArrayEquals(new double[] {1, 1}, values(net), 0);
        }
    }

    private static void set(LinearImpl net, double weight) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().fill_(new Scalar(weight));
        }
    }
}
