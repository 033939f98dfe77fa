package org.lesionforge.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's {@code .npz}: a zip of {@code .npy} files. An array is unpacked to a temporary file, since it may not fit
 * into memory. That file is unlinked before it is filled, so nothing stays behind, however the program ends.
 */
public final class NpzFile {
    private static final String SUFFIX = ".npy";
    private static final int CHUNK = 1 << 18;
    private static final long MOST_CHECKED = 1 << 28;

    private NpzFile() {}

    /**
     * The only array, or {@code arr_0} where there are several, as is the convention for samples.
     *
     * @param file held open no longer than it takes to unpack the array
     * @return the array, unpacked
     * @throws UnusableInputException when there is none, or the file is not an {@code .npz}
     */
    public static NpyArray open(Path file) {
        List<String> names = names(file);
        String chosen = names.size() == 1 ? names.get(0) : "arr_0";
        if (!names.contains(chosen)) {
            throw new UnusableInputException(file + " must hold one array, or one named arr_0; it has "
                    + Printable.excerpt(String.join(", ", names)));
        }
        return open(file, chosen);
    }

    /**
     * {@return the names of the arrays, without {@code .npy}}
     *
     * @param file an {@code .npz}
     */
    public static List<String> names(Path file) {
        try (ZipArchive zip = ZipArchive.open(file)) {
            return zip.names().stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Unpacks one array.
     *
     * @param file an {@code .npz}
     * @param name one of {@link #names}
     * @return the array, unpacked
     * @throws UnusableInputException when the array is damaged, holds more or less than its header says, or is not
     *     plain numbers
     * @throws MissingRequirementException when there is no room to unpack it
     */
    public static NpyArray open(Path file, String name) {
        String entry = name + SUFFIX;
        String described = Printable.excerpt(name) + " in " + file;
        try (ZipArchive zip = ZipArchive.open(file)) {
            header(zip, entry, described).requireSize(zip.size(entry));
            FileChannel unpacked = nameless(zip.size(entry), described);
            try (InputStream in = zip.open(entry)) {
                copy(in, unpacked, described);
                return NpyArray.of(unpacked, described);
            } catch (IOException | RuntimeException e) {
                unpacked.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static NpyHeader header(ZipArchive zip, String entry, String described) throws IOException {
        try (InputStream in = zip.open(entry)) {
            return NpyHeader.read(in, described);
        } catch (UnusableInputException e) {
            if (zip.size(entry) <= MOST_CHECKED) {
                zip.check(entry); // a damaged entry is to be called so
            }
            throw e;
        }
    }

    /** A new temporary file; where the system allows it, it is unlinked as soon as it is open. */
    private static FileChannel nameless(long bytes, String described) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            if (room < bytes) {
                throw noRoom(described, folder, bytes + " bytes are needed, " + room + " are free", null);
            }
            Path file = Files.createTempFile(folder, "lesionforge-", SUFFIX);
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw noRoom(described, folder, FileTree.reason(e), e);
        }
    }

    private static void copy(InputStream in, FileChannel out, String described) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            ByteBuffer part = ByteBuffer.wrap(chunk, 0, read);
            try {
                while (part.hasRemaining()) {
                    out.write(part);
                }
            } catch (IOException e) {
                throw noRoom(described, Path.of(System.getProperty("java.io.tmpdir")), FileTree.reason(e), e);
            }
        }
    }

    private static MissingRequirementException noRoom(
            String described, Path folder, String why, @Nullable IOException cause) {
        return new MissingRequirementException(
                "cannot unpack " + described + " in the temporary folder " + folder + ": " + why
                        + "; make room, or name another folder with LESIONFORGE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    private static UnusableInputException unreadable(Path file, IOException e) {
        return new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
}
