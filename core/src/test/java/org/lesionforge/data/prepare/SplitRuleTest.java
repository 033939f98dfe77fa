package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.Part;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.io.UnusableInputException;

class SplitRuleTest {
    private static SplitRule rule(boolean given, double test, double validation) {
        PreparationOptions options = PreparationOptions.of(Path.of("source"), Path.of("out"))
                .with()
                .test(test)
                .validation(validation)
                .seed(3)
                .build();
        return new SplitRule(options, given, Set.of("train", "test"));
    }

    private static SourceImage image(String id, String label, Part part) {
        return new SourceImage(
                id,
                () -> {
                    throw new AssertionError("a split reads no pixels");
                },
                id + ".png",
                label,
                id,
                Optional.ofNullable(part),
                List.of());
    }

    private static PreparedImage decoded(String id, String label, Part part, String pixels) {
        return new PreparedImage(image(id, label, part), new PreparedImage.Pixels[0], 4, 4, pixels, "");
    }

    /** 10 of each class, every image with the pixels of its neighbour: a0 and a1, a2 and a3, … */
    private static List<PreparedImage> pairs() {
        List<PreparedImage> images = new ArrayList<>();
        for (String label : List.of("a", "b")) {
            for (int i = 0; i < 10; i++) {
                images.add(decoded(label + i, label, null, "pixels of " + label + i / 2));
            }
        }
        return images;
    }

    @Test
    void imagesOfTheSamePixelsComeIntoOnePart() {
        SplitRule.Outcome outcome = rule(false, 0.4, 0).apply(pairs());
        List<PreparedImage> images = outcome.images();
        for (int i = 0; i < images.size(); i += 2) {
            SourceImage first = images.get(i).image();
            SourceImage second = images.get(i + 1).image();
            assertEquals(first.part(), second.part());
            assertEquals(first.group(), second.group());
        }
        long test = images.stream()
                .filter(image -> image.image().part().equals(Optional.of(Part.TEST)))
                .count();
        assertEquals(8, test); // 0.4 of 20
        assertEquals("grouped", outcome.info().method());
        assertEquals(0.4, outcome.info().test());
        assertEquals(3, outcome.info().seed());
    }

    @Test
    void givenPartsStayAndTheirShareIsTold() {
        List<PreparedImage> images = List.of(
                decoded("1", "a", Part.TEST, "p"),
                decoded("2", "b", Part.TEST, "q"),
                decoded("3", "a", Part.TRAIN, "p"),
                decoded("4", "b", Part.TRAIN, "r"),
                decoded("5", "b", Part.TRAIN, "s"));
        SplitRule.Outcome outcome = rule(true, 0.9, 0).apply(images);
        assertEquals(
                List.of(Part.TEST, Part.TEST, Part.TRAIN, Part.TRAIN, Part.TRAIN),
                outcome.images().stream()
                        .map(image -> image.image().part().orElseThrow())
                        .toList());
        assertEquals("column", outcome.info().method());
        assertEquals(0.4, outcome.info().test()); // 2 of 5
    }

    @Test
    void onlyWhatTheSourceDoesNotGiveIsDrawn() {
        List<SourceImage> given = new ArrayList<>();
        for (String label : List.of("a", "b")) {
            for (int i = 0; i < 6; i++) {
                given.add(image(label + i, label, i < 2 ? Part.TEST : Part.TRAIN));
            }
        }
        assertFalse(rule(true, 0, 0).draws(given));
        assertTrue(rule(true, 0, 0.25).draws(given)); // a validation part from train
        assertTrue(rule(false, 0.5, 0)
                .draws(given.stream().map(SourceImage::withoutPart).toList()));
    }

    @Test
    void aSplitThatCannotBeMadeIsKnownBeforeDecoding() {
        List<SourceImage> noTest = List.of(image("1", "a", Part.TRAIN), image("2", "b", Part.TRAIN));
        UnusableInputException e = assertThrows(
                UnusableInputException.class, () -> rule(true, 0, 0).draws(noTest));
        assertTrue(e.getMessage().startsWith("the source puts no image into the test part"), e.getMessage());
    }
}
