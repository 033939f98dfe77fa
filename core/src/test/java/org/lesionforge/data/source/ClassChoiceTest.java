package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.UnusableInputException;

class ClassChoiceTest {
    private static ClassChoice.Classes classes(Map<String, Integer> labels, String... choice) {
        return ClassChoice.of(List.of(choice)).classes(labels, "source");
    }

    private static String failure(Map<String, Integer> labels, String... choice) {
        return assertThrows(UnusableInputException.class, () -> classes(labels, choice))
                .getMessage();
    }

    @Test
    void withoutAChoiceEveryLabelIsAClassInAlphabeticalOrder() {
        ClassChoice.Classes classes = classes(Map.of("nv", 3, "mel", 2));
        assertEquals(List.of("mel", "nv"), classes.names());
        assertEquals(Optional.of("nv"), classes.of("nv"));
    }

    @Test
    void namedClassesKeepTheirOrderAndOthersAreLeftOut() {
        ClassChoice.Classes classes = classes(Map.of("nv", 3, "mel", 2, "bcc", 1), "nv", "mel");
        assertEquals(List.of("nv", "mel"), classes.names());
        assertEquals(Optional.empty(), classes.of("bcc"));
        assertTrue(failure(Map.of("nv", 3), "nv", "mel").contains("no image of class [mel]; its classes are [nv]"));
    }

    @Test
    void severalLabelsMakeOneClass() {
        ClassChoice.Classes classes = classes(Map.of("Benign", 2, "benign", 3, "mel", 1), "benign=Benign", "mel");
        assertEquals(List.of("benign", "mel"), classes.names());
        assertEquals(Optional.of("benign"), classes.of("Benign"));
        assertEquals(Optional.of("benign"), classes.of("benign"));
        assertEquals(
                List.of("bad"),
                classes(Map.of("mel", 2, "bcc", 3), "bad=mel", "bad=bcc").names());
    }

    @Test
    void oneLabelCannotBeInTwoClasses() {
        for (List<String> choice : List.of(List.of("a=x", "b=x"), List.of("a=b", "b"), List.of("b", "a=b"))) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassChoice.of(choice))
                    .getMessage()
                    .contains("cannot be in two classes"));
        }
    }

    @Test
    void quotationMarksKeepCommasTogetherAndALabelMayHaveAnEqualsSign() {
        assertEquals(
                Optional.of("atypical"),
                classes(Map.of("Nevus, Atypical", 1), "atypical=\"Nevus, Atypical\"")
                        .of("Nevus, Atypical"));
        assertEquals(List.of("size=2"), classes(Map.of("size=2", 1), "size=2").names());
        assertEquals(
                List.of("size=2"), classes(Map.of("size=2", 1), "\"size=2\"").names());
        assertEquals(List.of("a, b"), classes(Map.of("a/b", 1), "\"a, b\"=a/b").names());
        assertEquals("--classes '\"a, b\",c'", ClassChoice.option(List.of("a, b", "c")));
    }

    @Test
    void whatIsNamedIsMeant() {
        ClassChoice choice = ClassChoice.of(List.of("none", "other=unknown"));
        assertTrue(choice.names("none"));
        assertTrue(choice.names("unknown"));
        assertTrue(choice.names("other"));
        assertFalse(choice.names("NA"));
        assertFalse(ClassChoice.ALL.names("none"));
    }

    @Test
    void spellingsOfOneClassAreRefusedWithBothCountsAndTheAdviceWorks() {
        Map<String, Integer> labels = Map.of("Benign", 2, "benign", 3, "malignant", 4);
        String message = failure(labels);
        assertTrue(message.contains("'Benign' (2 images), 'benign' (3 images)"), message);
        assertEquals(List.of("benign", "malignant"), advised(message, labels).names());
        // Naming one of them would lose the other.
        assertEquals(message, failure(labels, "benign", "malignant"));
        // And two classes of these names would be one folder on some systems.
        failure(labels, "Benign", "benign", "malignant");
    }

    @Test
    void unusableNamesAreRefusedAndTheAdviceWorks() {
        Map<String, Integer> labels = Map.of("../../evil", 2, "a/b", 3, "a\\b", 1, "mel", 4);
        String message = failure(labels);
        assertTrue(message.contains("'../../evil' (2 images) cannot be the name of a folder: it holds '/'"), message);
        // Four labels, four classes: nothing is merged.
        assertEquals(
                List.of("evil", "a_b", "a_b 2", "mel"), advised(message, labels).names());
        assertTrue(failure(labels, "mel=mel", "../x=a/b").contains("'../x' (3 images)"));
    }

    private static ClassChoice.Classes advised(String message, Map<String, Integer> labels) {
        String option = message.replaceFirst("(?s).*--classes ", "").replace("'", "");
        return ClassChoice.of(Arrays.asList(option.split(","))).classes(labels, "source");
    }
}
