package org.lesionforge.duplicate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.UnusableInputException;

/**
 * Thumbnails in a file, for whoever compares the same images again: made once more, from pixels of another size, they are not quite the same, and
 * a pair at the limit is a copy for one and none for another. The file is a NumPy array of uint8, N × 64 × 64 grey levels.
 */
public final class ThumbnailFile {
    /** What it is called in the folder of a data set. */
    public static final String NAME = "thumbnails.npy";

    private static final int BYTES = Thumbnail.SIDE * Thumbnail.SIDE;

    private ThumbnailFile() {}

    /**
     * Writes all of them.
     *
     * @param file replaced when it is there
     * @param thumbnails in any order
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, List<Thumbnail> thumbnails) throws IOException {
        AtomicFile.write(file, out -> {
            out.write(NpyHeader.bytes("|u1", thumbnails.size(), Thumbnail.SIDE, Thumbnail.SIDE));
            for (Thumbnail thumbnail : thumbnails) {
                out.write(thumbnail.grey());
            }
        });
    }

    /**
     * {@return the thumbnails in their order}
     *
     * @param file that was written so
     * @throws UnusableInputException when it cannot be read, or holds something else
     */
    public static List<Thumbnail> read(Path file) {
        NpyArray array = NpyArray.open(file, file.toString());
        try (FileChannel channel = array.channel()) {
            long[] shape = array.shape();
            if (!array.type().equals("|u1")
                    || shape.length != 3
                    || shape[1] != Thumbnail.SIDE
                    || shape[2] != Thumbnail.SIDE) {
                throw new UnusableInputException(file + " holds " + array.description() + "; thumbnails are |u1 [N, "
                        + Thumbnail.SIDE + ", " + Thumbnail.SIDE + "]: run prepare again");
            }
            List<Thumbnail> thumbnails = new ArrayList<>();
            for (long i = 0; i < shape[0]; i++) {
                byte[] grey = new byte[BYTES];
                array.bytes(i * BYTES, grey, 0, BYTES);
                thumbnails.add(Thumbnail.ofGrey(grey));
            }
            return thumbnails;
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
