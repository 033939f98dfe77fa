package org.lesionforge.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.UnusableInputException;

/**
 * Finds the file of an image listed in a CSV: by its path, else anywhere in the source folder by its id, with or
 * without extension.
 *
 * <p>An exactly equal name is preferred, then one in another Unicode normal form: a table from a Mac may write
 * {@code ä} as two characters, where the file's name has one.
 */
final class FileFinder {
    private final ImageFolder source;
    private final List<Path> folders;
    private final Map<String, Set<Path>> byName = new HashMap<>();
    private final Map<String, Set<Path>> byNormalForm = new HashMap<>();
    private final Map<String, SkippedFile> unreachable = new HashMap<>();
    private final Map<Path, Map<String, Set<Path>>> contents = new HashMap<>();

    /**
     * @param source searched for ids
     * @param csvFolder where relative paths start first
     */
    FileFinder(Path source, Path csvFolder) {
        this.source = ImageFolder.of(source).withoutTwins();
        this.folders = List.of(csvFolder, source);
        for (ImageFolder.Entry image : this.source.images()) {
            putName(image);
            put(stem(FileNames.name(image.path())), image.path());
        }
        for (SkippedFile file : this.source.skipped()) {
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            List.of(file.path(), name, stem(name)).forEach(each -> unreachable.putIfAbsent(each, file));
        }
        // The table may name a file that is not an image; the decoder reports it.
        this.source.others().forEach(this::putName);
    }

    private void putName(ImageFolder.Entry entry) {
        put(FileNames.name(entry.path()), entry.path());
        // A table written by hand does not escape names as ids do.
        put(entry.path().getFileName().toString(), entry.path());
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void put(String name, Path file) {
        byName.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(file);
        byNormalForm
                .computeIfAbsent(FileNames.normalForm(name), any -> new LinkedHashSet<>())
                .add(file);
    }

    /** Notes about the source folder. */
    ImageFolder source() {
        return source;
    }

    /**
     * @throws UnusableInputException when several files have the name {@code id}
     * @throws java.nio.file.InvalidPathException when no file can have this path
     */
    Optional<Path> find(String path, String id) {
        if (!path.isEmpty()) {
            FileNames.requireKnown(path);
            for (Path folder : folders) {
                Optional<Path> file = at(folder.resolve(path.replace('\\', '/')));
                if (file.isPresent()) {
                    return file;
                }
            }
        }
        return only(id, byName.getOrDefault(id, Set.of()))
                .or(() -> only(id, byNormalForm.getOrDefault(FileNames.normalForm(id), Set.of())));
    }

    /** The entry of the source in place of a file that was not found: a broken link. */
    Optional<SkippedFile> unreachable(String path, String id) {
        return Optional.ofNullable(unreachable.get(path.isEmpty() ? id : path.replace('\\', '/')));
    }

    private Optional<Path> at(Path wanted) {
        if (Files.isRegularFile(wanted)) {
            return Optional.of(wanted);
        }
        Path at = wanted.isAbsolute() ? wanted.getRoot() : Path.of("");
        for (Path name : wanted) {
            Path next = at.resolve(name);
            if (!Files.exists(next)) {
                String text = FileNames.normalForm(name.toString());
                Optional<Path> other = only(wanted.toString(), content(at).getOrDefault(text, Set.of()));
                if (other.isEmpty()) {
                    return Optional.empty();
                }
                next = other.get();
            }
            at = next;
        }
        return Optional.of(at).filter(Files::isRegularFile);
    }

    /** The entries of a folder, by the normal form of their names. */
    private Map<String, Set<Path>> content(Path folder) {
        return contents.computeIfAbsent(folder, any -> {
            Map<String, Set<Path>> content = new HashMap<>();
            try (Stream<Path> children = Files.list(folder)) {
                children.sorted().forEach(child -> content.computeIfAbsent(
                                FileNames.normalForm(FileNames.name(child)), name -> new LinkedHashSet<>())
                        .add(child));
            } catch (IOException e) {
                // The caller then reports that the image was not found.
                return Map.of();
            }
            return content;
        });
    }

    private static Optional<Path> only(String wanted, Set<Path> candidates) {
        List<Path> files = new ArrayList<>(candidates);
        if (files.size() > 1) {
            throw new UnusableInputException("the image '" + wanted + "' may be " + files.get(0) + " or " + files.get(1)
                    + "; say which with a column of paths (--path-column)");
        }
        return files.stream().findFirst();
    }
}
