package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TorchThreadsTest {
    private int usual;

    @BeforeEach
    void remember() {
        usual = Torch.threads();
    }

    @AfterEach
    void restore() {
        Torch.useThreads(usual);
    }

    /** OpenBLAS has threads of its own, which all trainings in the process would wait for. */
    @Test
    void productsOfMatricesUseAsManyThreadsAsConvolutions() {
        Torch.useThreads(1);

        assertEquals(1, Torch.threads());
        assertEquals(1, openblas_nolapack.blas_get_num_threads());
    }
}
