package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class DatasetTest {
    @TempDir
    Path folder;

    private Path out;
    private Path table;

    @BeforeEach
    void prepare() throws IOException {
        out = folder.resolve("out");
        table = out.resolve("images.csv");
        TestImages.writeMany(folder.resolve("source/benign"), "b", 5);
        Preparation.run(Preparation.Options.of(folder.resolve("source"), out), Progress.SILENT);
    }

    private String failureAfter(String before, String after) throws IOException {
        String text = Files.readString(table);
        assertTrue(text.contains(before), text);
        Files.writeString(table, text.replace(before, after));
        return assertThrows(UnusableInputException.class, () -> Dataset.open(out))
                .getMessage();
    }

    @Test
    void aTableThatSomebodyEditedIsNamedWithItsLine() throws IOException {
        String message = failureAfter("b1.png,12", "b1.png,wide");
        assertTrue(message.contains("cannot read line 3 of " + table), message);
        assertTrue(message.contains("wide"), message);
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        String message = failureAfter("group,part", "groups,part");
        assertTrue(message.contains("group") && message.contains("run prepare again"), message);
    }

    @Test
    void aClassThatCannotBeAFolderIsRefused() throws IOException {
        Path manifest = out.resolve("dataset.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"benign\"", "\"../benign\""));
        String message = failureAfter(",benign,", ",../benign,");
        assertTrue(message.startsWith(manifest + " names a class '../benign'"), message);
    }

    @Test
    void aSizeThatWasNotPreparedIsNamed() {
        String message = assertThrows(
                        UnusableInputException.class, () -> Dataset.open(out).store(17))
                .getMessage();
        assertTrue(message.contains("[64, 299]") && message.contains("--sizes 17"), message);
    }

    @Test
    void countsAreByPartAndClass() {
        Dataset dataset = Dataset.open(out);
        int sum = dataset.counts().values().stream()
                .mapToInt(part -> part.get("benign"))
                .sum();
        assertEquals(5, sum);
        assertEquals(dataset.training().size(), dataset.counts().get("train").get("benign"));
    }
}
