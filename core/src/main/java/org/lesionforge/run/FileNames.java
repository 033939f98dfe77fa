package org.lesionforge.run;

/** Names of arms in names of files. */
public final class FileNames {
    private FileNames() {}

    /**
     * {@return the name with {@code _} for each character but letters, digits, {@code .}, {@code _} and {@code -}}
     *
     * @param name of an arm or of its folder
     */
    public static String of(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
