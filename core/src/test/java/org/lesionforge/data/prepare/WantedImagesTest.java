package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Part;
import org.lesionforge.data.TestImages;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class WantedImagesTest {
    @TempDir
    Path source;

    private final List<String> messages = new ArrayList<>();

    private final Progress progress = new Progress() {
        @Override
        public void advance(String task, long done, long total, String detail) {}

        @Override
        public void message(String text) {
            messages.add(text);
        }
    };

    private WantedImages list(PartNames names, String... classes) throws IOException {
        PreparationOptions options = PreparationOptions.of(source, source.resolve("out"))
                .with()
                .classes(List.of(classes))
                .partNames(names)
                .build();
        return WantedImages.list(options, progress);
    }

    @Test
    void keepsTheClassesAskedForInTheirOrderAndSaysHowManyItLeavesOut() throws IOException {
        TestImages.writeMany(source.resolve("a"), "x", 2);
        TestImages.writeMany(source.resolve("b"), "y", 3);
        TestImages.writeMany(source.resolve("c"), "z", 4);
        WantedImages wanted = list(PartNames.usual(), "c", "a");
        assertEquals(List.of("c", "a"), wanted.classes());
        assertEquals(6, wanted.images().size());
        assertFalse(wanted.haveParts());
        assertTrue(messages.contains("3 images of other classes than [c, a] are left out"), messages.toString());
    }

    @Test
    void partsOfTheSourceCountUnlessTheyAreIgnored() throws IOException {
        for (String part : List.of("test", "train")) {
            TestImages.writeMany(source.resolve(part).resolve("a"), part + "a", 1);
            TestImages.writeMany(source.resolve(part).resolve("b"), part + "b", 1);
        }
        WantedImages wanted = list(PartNames.usual());
        assertTrue(wanted.haveParts());
        assertEquals(
                List.of(Part.TEST, Part.TEST, Part.TRAIN, Part.TRAIN),
                wanted.images().stream()
                        .map(image -> image.part().orElseThrow())
                        .toList());
        assertFalse(list(PartNames.usual().ignored()).haveParts());
    }

    @Test
    void aSourceWithoutImagesIsRefused() throws IOException {
        Files.createDirectories(source.resolve("a"));
        assertThrows(UnusableInputException.class, () -> list(PartNames.usual()));
    }
}
