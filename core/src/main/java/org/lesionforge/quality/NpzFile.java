package org.lesionforge.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.lesionforge.io.UnusableInputException;

/** NumPy's {@code .npz}: a zip of {@code .npy} files. The array is unpacked to a temporary file, since it may not fit into memory. */
final class NpzFile {
    private NpzFile() {}

    /** The only array, or {@code arr_0} where there are several: that is where samples are by convention. */
    static NpyArray open(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> arrays = Collections.list(zip.entries()).stream()
                    .filter(entry -> entry.getName().endsWith(".npy"))
                    .toList();
            ZipEntry chosen = arrays.size() == 1 ? arrays.get(0) : zip.getEntry("arr_0.npy");
            if (chosen == null) {
                throw new UnusableInputException(file + " must hold one array, or one named arr_0; it has "
                        + arrays.stream().map(ZipEntry::getName).toList());
            }
            Path unpacked = Files.createTempFile("lesionforge-", ".npy");
            unpacked.toFile().deleteOnExit();
            Files.copy(zip.getInputStream(chosen), unpacked, StandardCopyOption.REPLACE_EXISTING);
            return NpyArray.open(unpacked, chosen.getName() + " in " + file);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
