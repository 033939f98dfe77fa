package org.lesionforge.run;

/** Names of arms in names of files. */
public final class FileNames {
    private FileNames() {}

    public static String of(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
