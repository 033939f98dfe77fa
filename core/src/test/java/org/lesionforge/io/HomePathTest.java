package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomePathTest {
    private final String home = System.getProperty("user.home");

    @AfterEach
    void restore() {
        System.setProperty("user.home", home);
    }

    @Test
    void homeIsATilde() {
        System.setProperty("user.home", "/home/ann");
        assertEquals("~/data/set", HomePath.shown("/home/ann/data/set"));
        assertEquals("~", HomePath.shown("/home/ann"));
        assertEquals("/home/anna/x", HomePath.shown("/home/anna/x"));
        assertEquals("/mnt/home/ann.old", HomePath.shown("/mnt/home/ann.old"));
        assertEquals("from ~/a to ~/b, not c", HomePath.shown("from /home/ann/a to /home/ann/b, not c"));
        assertEquals("set:train", HomePath.shown("set:train"));
    }

    @Test
    void aHomeAtTheRootIsNone() {
        System.setProperty("user.home", "/");
        assertEquals("/data/set", HomePath.shown("/data/set"));
    }
}
