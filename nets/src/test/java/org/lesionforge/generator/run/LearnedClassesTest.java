package org.lesionforge.generator.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;

/** One class, several or all of them, and what a generator that tells them apart or not makes of it. */
final class LearnedClassesTest {
    @TempDir
    Path folder;

    private Dataset dataset;
    private TrainingPart training;

    @BeforeEach
    void prepare() throws IOException {
        dataset = SmallDataset.prepare(
                folder,
                List.of(
                        "b1,benign,b1,train",
                        "b2,benign,b2,test",
                        "m1,malignant,m1,train",
                        "m2,malignant,m2,train",
                        "m3,malignant,m3,test"));
        training = dataset.training();
    }

    private LearnedClasses of(String word, boolean conditional) {
        return LearnedClasses.of(word, training, conditional);
    }

    @Test
    void aWordNamesOneClassSeveralOrAll() {
        assertEquals(List.of("malignant"), of("malignant", false).names());
        List<String> both = List.of("benign", "malignant");
        assertEquals(both, of("malignant, benign", false).names(), "in the order of the data set");
        assertEquals(both, of("all", false).names());
        assertEquals("benign,malignant", of("all", false).name());
        assertEquals(of("all", true), of(of("all", true).name(), true), "what a run records names the same classes");
        String twice = assertThrows(IllegalArgumentException.class, () -> of("benign,benign", false))
                .getMessage();
        assertEquals("expected different classes, got [benign, benign]", twice);
        String unknown = assertThrows(UnusableInputException.class, () -> of("benign,melanoma", true))
                .getMessage();
        assertTrue(unknown.contains("no class 'melanoma'") && unknown.contains("[benign, malignant]"), unknown);
        assertEquals(3, of("all", false).of(training).size());
        assertEquals(2, of("malignant", false).of(training).size());
    }

    @Test
    void labelsAreInTheOrderOfTheClassesAndOnlyOfAConditionalGenerator() {
        LearnedClasses told = of("all", true);
        int[] labels = new int[training.size()];
        Arrays.setAll(labels, i -> told.label(training, i));
        assertArrayEquals(new int[] {0, 1, 1}, labels);
        assertEquals(new LabelShares(List.of(1, 2)), told.shares(training));
        LearnedClasses one = of("all", false);
        assertEquals(0, one.label(training, 2));
        assertEquals(new LabelShares(List.of(3)), one.shares(training));
        // Of one class alone there is one label, whatever its place in the data set.
        assertEquals(0, of("malignant", true).label(training, 2));
    }

    @Test
    void imagesAreDrawnOfAClassThatThereIs() {
        LearnedClasses told = of("all", true);
        assertEquals(new LearnedClasses.Drawable("malignant", 1), told.drawn(Optional.of("malignant")));
        String none = assertThrows(IllegalArgumentException.class, () -> told.drawn(Optional.empty()))
                .getMessage();
        assertEquals("this generator draws images of any of its classes: name one of [benign, malignant]", none);
        String other = assertThrows(IllegalArgumentException.class, () -> told.drawn(Optional.of("nevus")))
                .getMessage();
        assertEquals("this generator draws no images of class 'nevus', only of [benign, malignant]", other);
        LearnedClasses one = of("all", false);
        assertEquals(new LearnedClasses.Drawable("benign,malignant", 0), one.drawn(Optional.empty()));
        String mixed = assertThrows(IllegalArgumentException.class, () -> one.drawn(Optional.of("benign")))
                .getMessage();
        assertTrue(mixed.endsWith("only of [benign,malignant], which it does not tell apart"), mixed);
        assertEquals("malignant", of("malignant", false).drawn(Optional.empty()).name());
    }

    @Test
    void labelsAreDrawnInTheSharesOfTheImages() {
        long[] drawn = new LabelShares(List.of(1, 0, 3)).draw(new Seed(1), 4000);
        assertEquals(0, Arrays.stream(drawn).filter(label -> label == 1).count());
        // Four deviations of a share of 4000 draws with probability 3/4.
        double second =
                (double) Arrays.stream(drawn).filter(label -> label == 2).count();
        assertEquals(3000, second, 4 * Math.sqrt(4000 * 3.0 / 16));
        assertArrayEquals(drawn, new LabelShares(List.of(1, 0, 3)).draw(new Seed(1), 4000));
    }

    @Test
    void aRunOfSeveralClassesRecordsThemAndOneOfOneClassDoesNot() throws IOException {
        LearnedClasses all = of("all", false);
        Path run = folder.resolve("gan");
        GeneratorRun.create(run, all.of(training), all, Dcgan.PAPER, Optional.empty(), Optional.empty());
        assertEquals(all, GeneratorRun.open(run, GeneratorZoo.STANDARD).config().learned());
        Path one = folder.resolve("one");
        GeneratorRun.create(one, training.ofClass("malignant"), "malignant", Dcgan.PAPER);
        assertTrue(!Files.readString(one.resolve("config.json")).contains("class_count")
                && !Files.readString(one.resolve("config.json")).contains("\"classes\""));
        assertEquals(
                List.of("malignant"),
                GeneratorRun.open(one, GeneratorZoo.STANDARD).config().learned().names());
        Path config = run.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("[ \"benign\"", "[ \"nevus\""));
        String message = assertThrows(UnusableInputException.class, () -> GeneratorRun.open(run, GeneratorZoo.STANDARD))
                .getMessage();
        assertTrue(message.contains("classes") && message.contains("benign,malignant"), message);
    }
}
