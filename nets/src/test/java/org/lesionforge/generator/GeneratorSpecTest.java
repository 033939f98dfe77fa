package org.lesionforge.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;

final class GeneratorSpecTest {
    @TempDir
    Path folder;

    @Test
    void thePapersPresetHasNoRemedies() {
        assertEquals(Dcgan.PAPER, Dcgan.FAMILY.preset("paper"));
        assertEquals(Remedies.NONE, Dcgan.PAPER.own().remedies());
        String message = assertThrows(IllegalArgumentException.class, () -> Dcgan.FAMILY.preset("big"))
                .getMessage();
        assertTrue(message.contains("paper, small-data") && message.contains("big"), message);
    }

    @Test
    void remediesThatCannotBeSayWhatCan() {
        refused("label smoothing", "0.5", Remedies.NONE.with().labelSmoothing(0.5));
        refused("translation", "0.6", Remedies.NONE.with().translation(0.6));
        refused("brightness", "-0.1", Remedies.NONE.with().brightness(-0.1));
        refused("R1", "NaN", Remedies.NONE.with().r1(Double.NaN, 1));
        refused("R1 interval", "0", Remedies.NONE.with().r1(1, 0));
        refused("EMA half-life", "-1", Remedies.NONE.with().ema(-1, 0));
        refused("EMA ramp-up", "1.5", Remedies.NONE.with().ema(1000, 1.5));
    }

    private static void refused(String name, String value, Remedies.Builder remedies) {
        String message =
                assertThrows(IllegalArgumentException.class, remedies::build).getMessage();
        assertTrue(message.contains(name) && message.endsWith("got " + value), message);
    }

    @Test
    void optionsSurviveTheirFile() throws IOException {
        GeneratorSpec<DcganOptions> options = Dcgan.SMALL_DATA;
        Path file = folder.resolve("options.json");
        Json.write(file, options);
        assertTrue(Files.readString(file).contains("\"flips\" : \"both\""));
        assertEquals(options, GeneratorSpec.read(Dcgan.FAMILY, JsonObject.read(file), false));
    }

    @Test
    void aFileFromBeforeThereWereRemediesHasNone() throws IOException {
        Path file = folder.resolve("options.json");
        Files.writeString(
                file,
                """
                {"size": 64, "latent": 100, "width": 128, "kernel": 5, "batch": 64, "epochs": 300,
                 "learning_rate": 2e-4, "beta1": 0.5, "snapshot_every": 10, "seed": 0}""");
        assertEquals(Dcgan.PAPER, GeneratorSpec.read(Dcgan.FAMILY, JsonObject.read(file), false));
    }
}
