package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The folder whose content is shown. Nothing outside it is ever read, by whatever name or link. */
final class RunsFolder {
    private final Path folder;

    RunsFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path path() {
        return folder;
    }

    /** What a file or folder in it is called in addresses: with {@code /}, and empty for the folder itself. */
    String name(Path inside) {
        return folder.relativize(inside).toString().replace(File.separatorChar, '/');
    }

    /**
     * What is there of a name, file or folder.
     *
     * @param name as {@link #name}
     * @return empty where there is nothing, where it is hidden, and where it or what it links to lies outside
     */
    Optional<Path> find(String name) {
        return resolved(name).filter(this::holds);
    }

    /**
     * Where a file of a name is or will be.
     *
     * @param name as {@link #name}
     * @return empty where that is not inside
     */
    Optional<Path> place(String name) {
        return resolved(name).filter(file -> !name.isEmpty() && holds(nearest(file)));
    }

    /** It, or the folder that is there of those above it; a link that leads nowhere is there. */
    private Path nearest(Path file) {
        Path there = file;
        while (!there.equals(folder) && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.resolveSibling("");
        }
        return there;
    }

    private Optional<Path> resolved(String name) {
        try {
            return isPlain(name) ? Optional.of(folder.resolve(name)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty()) {
            return true;
        }
        for (String part : name.split("/", -1)) {
            // Where folders are divided by another character, names with it are no names.
            boolean divided = File.separatorChar != '/' && part.indexOf(File.separatorChar) >= 0;
            if (part.isEmpty() || part.startsWith(".") || part.indexOf(0) >= 0 || divided) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Path found) {
        try {
            return found.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** What a JSON file inside holds; nothing where it is missing, damaged, or a link that leads outside. */
    JsonNode json(Path file) {
        return own(file).map(JsonFile::read).orElseGet(JsonFile::nothing);
    }

    /** The last whole line of a log inside, of which the same is true. */
    JsonNode lastLine(Path log) {
        return own(log).flatMap(LogTail::lastLine).map(JsonFile::parse).orElseGet(JsonFile::nothing);
    }

    /** A file to read; empty where there is none, and where it is a link that leads outside. */
    Optional<Path> own(Path file) {
        return Optional.of(file).filter(Files::isRegularFile).filter(this::holds);
    }
}
