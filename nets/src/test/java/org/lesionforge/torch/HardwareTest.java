package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    @TempDir
    private Path folder;

    @Test
    void aProcessorIsItsModelAndNotItsNumber() throws Exception {
        Path file = folder.resolve("cpuinfo");
        Files.writeString(
                file,
                "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel\t\t: 49\nmodel name\t: AMD EPYC 7B12\nflags\t: fpu\n");
        assertEquals(Optional.of("AMD EPYC 7B12"), Hardware.model(file));
        Files.writeString(file, "processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\n");
        assertEquals(Optional.empty(), Hardware.model(file));
        assertEquals(Optional.empty(), Hardware.model(folder.resolve("none")));
    }

    @Test
    void cardsOfOneKindAreNamedOnce() throws Exception {
        for (String card : new String[] {"0000:00:04.0", "0000:00:05.0"}) {
            Path information = Files.createDirectories(folder.resolve(card)).resolve("information");
            Files.writeString(information, "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 33\n");
        }
        assertEquals(Optional.of("NVIDIA H100 80GB HBM3"), Hardware.cards(folder));
        assertEquals(Optional.empty(), Hardware.cards(folder.resolve("none")));
    }
}
