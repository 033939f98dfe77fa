package org.lesionforge.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.generator.zoo.ddpm.Ddpm;
import org.lesionforge.generator.zoo.ddpm.DdpmOptions;
import org.lesionforge.generator.zoo.lapgan.Lapgan;
import org.lesionforge.generator.zoo.mlp.Mlp;
import org.lesionforge.generator.zoo.wgan.WganGp;
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
    void theDiffusionModelsRampUpIsAShareToo() {
        DdpmOptions.Builder whole = DdpmOptions.DEFAULTS.with().ema(1000, 1);
        assertEquals(1, whole.build().emaRampUp());
        for (double outside : new double[] {-0.1, 1.5, Double.NaN}) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> DdpmOptions.DEFAULTS.with().ema(1000, outside).build())
                    .getMessage();
            assertEquals("the generator's EMA ramp-up must be in [0, 1], got " + outside, message);
        }
    }

    @Test
    void batchNormTakesNoSingleImage() {
        for (ModelFamily<?> family : List.of(Dcgan.FAMILY, Mlp.FAMILY, WganGp.FAMILY, Lapgan.FAMILY)) {
            GeneratorSpec<?> options = family.preset(Preset.PAPER);
            assertEquals(2, options.common(common -> common.batch(2)).common().batch());
            String message = assertThrows(
                            IllegalArgumentException.class, () -> options.common(common -> common.batch(1)))
                    .getMessage();
            assertEquals("the generator's batch must be at least 2 (batch norm needs two images), got 1", message);
        }
        assertEquals(
                1,
                Ddpm.FAMILY
                        .preset(Preset.PAPER)
                        .common(common -> common.batch(1))
                        .common()
                        .batch());
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
