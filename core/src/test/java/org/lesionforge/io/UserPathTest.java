package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserPathTest {
    private static String expand(String text) {
        return UserPath.expand(text, Map.of("HOME", "/home/ada"), "/elsewhere");
    }

    private static String failure(String text, Map<String, String> environment, String home) {
        return assertThrows(IllegalArgumentException.class, () -> UserPath.expand(text, environment, home))
                .getMessage();
    }

    @Test
    void aTildeInFrontIsTheHomeFolder() {
        assertEquals("/home/ada", expand("~"));
        assertEquals("/home/ada/x", expand("~/x"));
        assertEquals("/home/ada/", expand("~/"));
        assertEquals("/home/ada/~/x", expand("~/~/x"));
        assertEquals("/elsewhere/x", UserPath.expand("~/x", Map.of(), "/elsewhere"));
    }

    @Test
    void aTildeElsewhereIsALetter() {
        for (String text : new String[] {"./~", "./~/x", "a~", "/~/x", "x/~", ""}) {
            assertEquals(text, expand(text));
        }
    }

    @Test
    void anotherUsersHomeIsRefusedWithTheRemedy() {
        String message = failure("~root/x", Map.of("HOME", "/home/ada"), "/home/ada");
        assertTrue(message.contains("./~root/x"), message);
        assertThrows(IllegalArgumentException.class, () -> expand("~~"));
    }

    @Test
    void withoutAHomeItIsSaidSo() {
        assertTrue(failure("~/x", Map.of(), "?").contains("set HOME"));
        assertTrue(failure("~/x", Map.of("HOME", ""), "").contains("set HOME"));
    }
}
