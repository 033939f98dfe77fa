package org.lesionforge.report;

/** Names of arms in names of files. */
final class FileNames {
    private FileNames() {}

    static String of(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
