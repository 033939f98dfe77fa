package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** NumPy's {@code .npz}: a zip of {@code .npy} files. The array is unpacked to a temporary file, since it may not fit into memory. */
public final class NpzFile {
    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * The only array, or {@code arr_0} where there are several: that is where samples are by convention.
     *
     * @throws UnusableInputException when there is none, or the file is no {@code .npz}
     */
    public static NpyArray open(Path file) {
        List<String> names = names(file);
        String chosen = names.size() == 1 ? names.get(0) : "arr_0";
        if (!names.contains(chosen)) {
            throw new UnusableInputException(file + " must hold one array, or one named arr_0; it has " + names);
        }
        return open(file, chosen);
    }

    /** The names of the arrays. */
    public static List<String> names(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Collections.list(zip.entries()).stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @param name one of {@link #names} */
    public static NpyArray open(Path file, String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Path unpacked = Files.createTempFile("lesionforge-", SUFFIX);
            unpacked.toFile().deleteOnExit();
            Files.copy(zip.getInputStream(zip.getEntry(name + SUFFIX)), unpacked, StandardCopyOption.REPLACE_EXISTING);
            return NpyArray.open(unpacked, name + " in " + file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnusableInputException unreadable(Path file, IOException e) {
        return new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
}
