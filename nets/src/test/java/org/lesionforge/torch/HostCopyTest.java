package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class HostCopyTest {
    @Test
    void itHasTheValuesOfWhenItWasMadeWhateverBecomesOfTheTensors() {
        HostCopy copy;
        HostCopy more;
        try (Scope scope = new Scope()) {
            Tensor loss = torch.full(new long[0], new Scalar(0.25)).requires_grad_(true);
            Tensor matrix = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            copy = HostCopy.of(
                    List.of(loss, matrix.t(), Tensors.ofLongs(new long[] {7}, 1).sum()));
            more = HostCopy.of(List.of(matrix)).and(torch.ones(1));
            matrix.zero_();
        }
        List<float[]> read = copy.read();
        assertEquals(3, read.size());
        assertArrayEquals(new float[] {0.25f}, read.get(0));
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, read.get(1));
        assertArrayEquals(new float[] {7}, read.get(2));
        assertArrayEquals(read.get(1), copy.read().get(1), "as often as it is asked");
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, more.read().get(0));
        assertArrayEquals(new float[] {1}, more.read().get(1));
    }
}
