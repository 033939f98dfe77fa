package org.lesionforge.report.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets that travel in the jar. */
public final class Resources {
    private Resources() {}

    /**
     * {@return the content of a file that lies beside this class, read as UTF-8}
     *
     * @param name of the file: {@code chart.css}
     * @throws IllegalStateException when the jar lacks it
     * @throws UncheckedIOException when it cannot be read
     */
    public static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file " + name + " is missing from its jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
