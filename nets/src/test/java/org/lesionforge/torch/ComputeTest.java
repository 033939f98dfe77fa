package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;

final class ComputeTest {
    @Test
    void theCpuComputesInFloat32() {
        Compute cpu = Compute.cpu();
        assertTrue(cpu.device().is_cpu());
        assertEquals(Precision.FLOAT32, cpu.precision());
        assertEquals("cpu, " + Torch.threads() + " threads", cpu.describe());
    }

    @Test
    void theBestIsAGpuWhereThereIsOne() {
        Compute best = Compute.best();
        assertEquals(Torch.hasCuda(), best.device().is_cuda());
        assertEquals(Torch.hasCuda() ? Precision.TF32 : Precision.FLOAT32, best.precision());
    }

    @Test
    void whatIsNotImplementedIsRefused() {
        Torch.load();
        for (Precision precision : new Precision[] {Precision.TF32, Precision.BFLOAT16}) {
            assertRefused("cpu", precision, "FLOAT32");
        }
        for (Precision precision : new Precision[] {Precision.FLOAT32, Precision.BFLOAT16}) {
            assertRefused("cuda", precision, "TF32");
        }
        assertEquals("cuda", new Compute(new Device("cuda"), Precision.TF32).describe());
    }

    private static void assertRefused(String device, Precision precision, String implemented) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Compute(new Device(device), precision))
                .getMessage();
        assertTrue(
                message.contains(device) && message.contains(precision.name()) && message.contains(implemented),
                message);
    }

    @Test
    void itOutlivesTheScopeThatItIsMadeIn() {
        Compute made;
        Device free;
        try (Scope scope = new Scope()) {
            made = Compute.cpu();
            free = new Device("cpu");
        }
        assertTrue(free.isNull());
        assertFalse(made.device().isNull());
        assertTrue(made.device().is_cpu());
    }
}
