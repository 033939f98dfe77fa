package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.io.UnusableInputException;

final class AttributeTableTest {
    private static final List<String> ROWS =
            List.of("a,benign,1,train", "b,malignant,2,train", "c,benign,3,test", "d,malignant,4,test");

    @TempDir
    private Path temp;

    @Test
    void agesAreBanded() {
        assertEquals("0 to 29", Attribute.AGE.of("0"));
        assertEquals("30 to 49", Attribute.AGE.of("30"));
        assertEquals("50 to 69", Attribute.AGE.of(" 55.0 "));
        assertEquals("70 and over", Attribute.AGE.of("85"));
        assertEquals("", Attribute.AGE.of("unknown"));
        assertEquals("", Attribute.AGE.of("old"));
    }

    @Test
    void spellingsBecomeOne() {
        assertEquals("female", Attribute.SEX.of("F"));
        assertEquals("male", Attribute.SEX.of("male"));
        assertEquals("anterior torso", Attribute.SITE.of("Anterior torso"));
        assertEquals("", Attribute.SKIN_TYPE.of("N/A"));
        assertEquals(Optional.of("Age_Approx"), Attribute.AGE.column(List.of("id", "Age_Approx")));
    }

    @Test
    void tableHoldsWhatTheSourceSaid() throws Exception {
        Dataset dataset = SmallDataset.prepare(temp, ROWS);
        Path target = temp.resolve("attributes.csv");
        AttributeTable.write(dataset, target);
        assertFalse(Files.exists(target), "nothing to say");

        Path table = dataset.folder().resolve("images.csv");
        List<String> rows = Files.readAllLines(table);
        String[] more = {
            ",localization,sex,age_approx", ",Back,F,85", ",unknown,male,", ",\"neck, left\",m,30.0", ",,,x"
        };
        List<String> extended =
                IntStream.range(0, 5).mapToObj(i -> rows.get(i) + more[i]).toList();
        Files.write(table, extended);
        AttributeTable.write(dataset, target);
        String[] said = {",sex,age,site", ",female,70 and over,back", ",male,,", ",male,30 to 49,\"neck, left\"", ",,,"
        };
        List<String> expected = IntStream.range(0, 5)
                .mapToObj(i -> rows.get(i).substring(0, rows.get(i).indexOf(',')) + said[i])
                .toList();
        assertEquals(expected, Files.readAllLines(target));
    }

    @Test
    void tableThatCannotBeReadIsNamed() throws Exception {
        Dataset dataset = SmallDataset.prepare(temp, ROWS);
        Files.writeString(dataset.folder().resolve("images.csv"), "id,sex\na\n");
        String message = assertThrows(
                        UnusableInputException.class, () -> AttributeTable.write(dataset, temp.resolve("out.csv")))
                .getMessage();
        assertTrue(message.contains("images.csv"), message);
    }
}
