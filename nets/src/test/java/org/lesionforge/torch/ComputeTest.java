package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.MissingRequirementException;

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
        assertEquals(Torch.cards() > 0, best.device().is_cuda());
        assertEquals(Torch.rounds(best.device()) ? Precision.BFLOAT16 : Precision.FLOAT32, best.precision());
    }

    @Test
    void whatIsNotImplementedIsRefused() {
        Torch.load();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Compute(new Device("cpu"), Precision.TF32))
                .getMessage();
        assertEquals("on cpu nets are trained in float32 or bfloat16; tf32 is not implemented there", message);
    }

    @Test
    void itsRecordHasTheDeviceAndThePrecision() {
        Torch.load();
        Compute card = new Compute(new Device("cuda:1"), Precision.BFLOAT16);
        assertEquals("cuda:1", card.describe());
        assertEquals("cuda:1 in bfloat16", card.computed().describe());
        assertEquals(new Computed("cpu", Precision.FLOAT32), Compute.cpu().computed());
        assertEquals(
                new Computed("cpu", Precision.BFLOAT16),
                Compute.of("cpu", Optional.of(Precision.BFLOAT16)).computed());
    }

    @Test
    void cardsBeforeAmpereRefuseWhatTheyLackByName() {
        Torch.load();
        Device card = new Device("cuda:1");
        for (Precision lacking : new Precision[] {Precision.TF32, Precision.BFLOAT16}) {
            Compute.requireRounding(card, lacking, true);
            String message = assertThrows(
                            MissingRequirementException.class, () -> Compute.requireRounding(card, lacking, false))
                    .getMessage();
            assertTrue(message.startsWith("the card cuda:1 has no " + lacking.word() + ","), message);
            assertTrue(message.endsWith("with --precision float32"), message);
        }
        Compute.requireRounding(card, Precision.FLOAT32, false);
        assertFalse(Torch.rounds(new Device("cpu")));
    }

    @Test
    void aTrainingContinuesInThePrecisionInWhichItBegan() {
        Torch.load();
        Device cpu = new Device("cpu");
        Device card = new Device("cuda:0");
        assertEquals(Precision.FLOAT32, Compute.continued(cpu, Precision.FLOAT32, false));
        assertEquals(Precision.BFLOAT16, Compute.continued(cpu, Precision.BFLOAT16, false));
        assertEquals(Precision.FLOAT32, Compute.continued(cpu, Precision.TF32, false));
        assertEquals(Precision.FLOAT32, Compute.continued(card, Precision.FLOAT32, true));
        assertEquals(Precision.TF32, Compute.continued(card, Precision.TF32, true));
        assertEquals(Precision.BFLOAT16, Compute.continued(card, Precision.BFLOAT16, true));
        assertEquals(Precision.FLOAT32, Compute.continued(card, Precision.TF32, false));
        assertThrows(MissingRequirementException.class, () -> Compute.continued(card, Precision.BFLOAT16, false));
        // Until runs recorded it, it was float32 on a CPU.
        assertEquals(
                new Computed("cpu", Precision.FLOAT32),
                Compute.continuing("cpu", Optional.empty()).computed());
    }

    @Test
    void aCardIsOneOfThoseThatAreThere() {
        assertEquals("cpu", Compute.resolve("auto", 0));
        assertEquals("cuda:0", Compute.resolve("auto", 2));
        assertEquals("cpu", Compute.resolve("cpu", 2));
        assertEquals("cuda:0", Compute.resolve("cuda", 1));
        assertEquals("cuda:1", Compute.resolve("cuda:1", 2));
        assertTrue(missing("cuda", 0).contains("finds no CUDA card"));
        assertTrue(missing("cuda", 0).contains("docs/guide/gpu.md"));
        assertTrue(missing("cuda:0", 0).contains("finds no CUDA card"));
        assertTrue(missing("cuda:1", 1).endsWith("one card, cuda:0"));
        assertTrue(missing("cuda:8", 8).endsWith("8 cards, cuda:0 to cuda:7"));
        for (String other :
                new String[] {"", "CPU", "gpu", "cuda:", "cuda:-1", "cuda:01", "cuda:1 ", "mps", "cuda:9999"}) {
            assertFalse(Compute.isDevice(other), other);
            assertThrows(IllegalArgumentException.class, () -> Compute.resolve(other, 8), other);
        }
    }

    private static String missing(String device, int cards) {
        return assertThrows(MissingRequirementException.class, () -> Compute.resolve(device, cards))
                .getMessage();
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
