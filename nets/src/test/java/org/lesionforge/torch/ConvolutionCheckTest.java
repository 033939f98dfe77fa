package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lesionforge.io.MissingRequirementException;

class ConvolutionCheckTest {
    @Test
    void thisMachineComputesRightlyAsTheTestsAreRun() {
        Torch.load();
        ConvolutionCheck.require();
    }

    @Test
    void oneWrongSumIsRefusedWithTheRemedy() {
        float[] images = new float[2 * 40 * 19 * 19];
        float[] kernels = new float[48 * 40 * 9];
        images[0] = 3;
        kernels[0] = 4;
        float[] values = new float[2 * 48 * 9 * 9];
        // The first pixel of the first channel meets the first weight of the first kernel alone: 3 · 4.
        values[0] = 12;
        ConvolutionCheck.require(images, kernels, values);
        values[1] = 1;
        MissingRequirementException e = assertThrows(
                MissingRequirementException.class, () -> ConvolutionCheck.require(images, kernels, values));
        assertTrue(e.getMessage().contains("1.0 instead of 0.0"), e.getMessage());
        assertTrue(e.getMessage().contains("ONEDNN_MAX_CPU_ISA=AVX2"), e.getMessage());
    }
}
