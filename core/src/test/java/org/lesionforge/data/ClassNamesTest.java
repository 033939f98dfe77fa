package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.UnusableInputException;

class ClassNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil",
                "/etc",
                "a/b",
                "a\\b",
                "..",
                ".",
                ".hidden",
                "a\0b",
                "two\nlines",
                "bell\u0007",
                "para\u2029graph",
                "half\uD800",
                "CON",
                "nul",
                "Aux",
                "com1",
                "LPT9",
                "com\u00b9",
                "con.txt",
                "prn ",
                " blank",
                "blank ",
                "dot.",
                "",
                "  "
            })
    void whatCannotBeAFolderIsRefusedAndHasASubstitute(String name) {
        assertTrue(ClassNames.problem(name).isPresent(), name);
        String usable = ClassNames.usable(name);
        assertEquals(Optional.empty(), ClassNames.problem(usable), usable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benign",
                "nävus",
                "basal cell carcinoma",
                "Nevus, Atypical",
                "malignant (NOS)",
                "console",
                "com10",
                "nullify",
                "0.0",
                "a..b",
                "黑色素瘤",
                "grade≥2"
            })
    void whatCanBeAFolderStaysAsItIs(String name) {
        assertEquals(Optional.empty(), ClassNames.problem(name));
        assertEquals(name, ClassNames.usable(name));
    }

    @Test
    void lengthCountsInBytes() {
        assertEquals(Optional.empty(), ClassNames.problem("x".repeat(200)));
        assertTrue(ClassNames.problem("x".repeat(201)).orElseThrow().contains("201 bytes"));
        // Three bytes each.
        assertTrue(ClassNames.problem("黑".repeat(67)).isPresent());
        assertEquals(66, ClassNames.usable("黑".repeat(67)).length());
    }

    @Test
    void theKeyForgetsCaseBlanksAndUnicodeForm() {
        assertEquals(ClassNames.key("nävus"), ClassNames.key("NA\u0308VUS"));
        assertEquals(ClassNames.key("basal cell"), ClassNames.key(" Basal\u00a0 cell\u200b"));
        assertEquals(ClassNames.key("straße"), ClassNames.key("STRASSE"));
        assertNotEquals(ClassNames.key("naevus"), ClassNames.key("nävus"));
    }

    @Test
    void whatCannotBeSeenIsWrittenAsItsNumber() {
        assertEquals("benign\\u00A0", ClassNames.shown("benign\u00a0"));
        assertEquals("na\\u0308vus", ClassNames.shown("na\u0308vus"));
        assertEquals("nävus", ClassNames.shown("nävus"));
    }

    @Test
    void namesThatAFileHoldsAreCheckedToo() {
        Path file = Path.of("dataset.json");
        ClassNames.require(List.of("benign", "malignant"), file);
        for (List<String> names : List.of(List.of("benign", "../x"), List.<String>of())) {
            String message = assertThrows(UnusableInputException.class, () -> ClassNames.require(names, file))
                    .getMessage();
            assertTrue(message.startsWith("dataset.json names"), message);
        }
    }
}
