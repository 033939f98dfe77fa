package org.lesionforge.generator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.lapgan.Lapgan;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** A run is gone by as a whole or not at all: what its configuration says beyond what is known cannot be left out. */
final class GeneratorConfigTest {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void create() throws IOException {
        List<String> rows = List.of(
                "b1,benign,b1,train",
                "b2,benign,b2,test",
                "m1,malignant,m1,train",
                "m2,malignant,m2,train",
                "m3,malignant,m3,test");
        GeneratorRun run = GeneratorRun.create(
                folder.resolve("gan"), SmallDataset.prepare(folder, rows).training(), "malignant", Dcgan.PAPER);
        config = run.folder().resolve("config.json");
    }

    private void replace(String text, String other) throws IOException {
        String whole = Files.readString(config);
        assertTrue(whole.contains(text), whole);
        Files.writeString(config, whole.replace(text, other));
    }

    @Test
    void aRunNamesItsFamilyAndVersion() throws IOException {
        String whole = Files.readString(config);
        assertTrue(whole.contains("\"format_version\" : 1,"), whole);
        assertTrue(whole.contains("\"family\" : \"dcgan\","), whole);
    }

    @Test
    void stagesAreThoseOfTheOptions() throws IOException {
        assertFalse(Files.readString(config).contains("stages"), "one is not written");
        GeneratorSpec<?> pyramid = Lapgan.FAMILY.preset(Preset.PAPER).common(common -> common.size(64));
        GeneratorRun run = GeneratorRun.create(
                folder.resolve("lapgan"),
                Dataset.open(folder.resolve("dataset"), Progress.SILENT).training(),
                "malignant",
                pyramid);
        config = run.folder().resolve("config.json");
        // 16, 32 and 64 pixels.
        assertTrue(Files.readString(config).contains("\"stages\" : 3,"), Files.readString(config));
        assertEquals(
                3,
                GeneratorRun.open(run.folder(), GeneratorZoo.STANDARD).config().stages());
        replace("\"stages\" : 3,", "\"stages\" : 2,");
        UnusableInputException other = assertThrows(
                UnusableInputException.class, () -> GeneratorRun.open(run.folder(), GeneratorZoo.STANDARD));
        assertTrue(other.getMessage().contains("stages") && other.getMessage().contains("3"), other.getMessage());
        replace("\"stages\" : 2,", "");
        assertEquals(
                3,
                GeneratorRun.open(run.folder(), GeneratorZoo.STANDARD).config().stages());
    }

    @Test
    void version01NamedNeither() throws IOException {
        replace("\"format_version\" : 1,", "");
        replace("\"family\" : \"dcgan\",", "");
        assertEquals(
                "dcgan",
                GeneratorRun.open(config.getParent(), GeneratorZoo.STANDARD)
                        .config()
                        .family());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"family\" : \"dcgan\"; \"family\" : \"progan\"; family 'progan', this program knows dcgan",
                "\"format_version\" : 1; \"format_version\" : 2; has format version 2, this program reads 1",
                // Another family has other keys too: the family is what is said.
                "\"family\" : \"dcgan\",; \"family\" : \"glow\", \"steps\" : 50,; family 'glow'",
                "\"images\"; \"critic_steps\" : 5, \"images\"; a key 'critic_steps' that this program does not know",
                "\"beta1\"; \"loss\" : \"wasserstein\", \"beta1\"; a key 'options.loss' that",
                "\"r1\"; \"penalty\" : 10, \"r1\"; a key 'options.remedies.penalty' that"
            })
    void whatIsNotKnownIsRefused(String text, String other, String words) throws IOException {
        replace(text, other);
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> GeneratorRun.open(config.getParent(), GeneratorZoo.STANDARD))
                .getMessage();
        assertTrue(message.contains(words), message);
        assertTrue(message.contains("config.json") && message.contains("as new as the one that wrote it"), message);
    }
}
