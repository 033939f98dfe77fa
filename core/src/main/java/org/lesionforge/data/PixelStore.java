package org.lesionforge.data;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * A memory-mapped {@code .npy} file of square RGB images: uint8, N × side × side × 3, C order. Safe to read from several threads.
 *
 * <p>Before the first image is returned, all are read and compared with their checksum.
 */
public final class PixelStore {
    /** So that an image fits into a mapping of 2³⁰ bytes: 3 · 18918² < 2³⁰ < 3 · 18919². */
    private static final int LARGEST_SIDE = 18_918;

    private final int count;
    private final int side;
    private final int imageBytes;
    private final int imagesPerMapping;
    private final MappedByteBuffer[] mappings;
    private final Path file;
    private final Optional<String> sha256;
    /** Of each image, once all have been compared with what was written. */
    private volatile @Nullable List<String> hashes;

    private PixelStore(
            int count,
            int side,
            int imagesPerMapping,
            MappedByteBuffer[] mappings,
            Path file,
            Optional<String> sha256) {
        this.file = file;
        this.sha256 = sha256;
        this.count = count;
        this.side = side;
        this.imageBytes = side * side * 3;
        this.imagesPerMapping = imagesPerMapping;
        this.mappings = mappings;
    }

    /**
     * Maps the file; its pixels are not read yet.
     *
     * @param file as {@code prepare} writes it
     * @param sha256 {@link PixelHash#ofAll} of the images as they were written; empty when nobody remembers
     * @return its images
     * @throws UnusableInputException when the file is missing, cut short, or holds something else
     */
    public static PixelStore open(Path file, Optional<String> sha256) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            NpyHeader header = NpyHeader.read(Channels.newInputStream(channel), file.toString());
            long[] shape = header.shape();
            if (!header.type().equals("|u1") || shape.length != 4 || shape[1] != shape[2] || shape[3] != 3) {
                throw new UnusableInputException(file + " does not hold square uint8 images N×S×S×3: "
                        + Printable.excerpt(header.type()) + " " + Arrays.toString(shape) + "; run prepare again");
            }
            if (shape[1] < 1 || shape[1] > LARGEST_SIDE) {
                throw new UnusableInputException(file + " holds images of " + shape[1] + "×" + shape[2]
                        + " pixels, expected sides of 1 to " + LARGEST_SIDE + "; run prepare again");
            }
            header.requireSize(channel.size());
            return map(channel, file, sha256, header.start(), (int) shape[0], (int) shape[1]);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read the pixel store " + file + ": " + e.getMessage(), e);
        }
    }

    private static PixelStore map(
            FileChannel channel, Path file, Optional<String> sha256, long start, int count, int side)
            throws IOException {
        long imageBytes = 3L * side * side;
        int perMapping = (int) Math.max(1, (1L << 30) / imageBytes);
        MappedByteBuffer[] mappings = new MappedByteBuffer[(int) ((count + perMapping - 1L) / perMapping)];
        for (int m = 0; m < mappings.length; m++) {
            long first = (long) m * perMapping;
            long images = Math.min(perMapping, count - first);
            mappings[m] = channel.map(FileChannel.MapMode.READ_ONLY, start + first * imageBytes, images * imageBytes);
        }
        return new PixelStore(count, side, perMapping, mappings, file, sha256);
    }

    /** {@return the number of images} */
    public int count() {
        return count;
    }

    int side() {
        return side;
    }

    /** @throws UnusableInputException when an image was changed; the file is checked only the first time */
    void requireUnchanged() {
        hashes();
    }

    /** None where they were not recorded. */
    private List<String> hashes() {
        List<String> known = hashes;
        if (known == null) {
            synchronized (this) {
                known = hashes;
                if (known == null) {
                    known = sha256.map(this::compared).orElse(List.of());
                    hashes = known;
                }
            }
        }
        return known;
    }

    private List<String> compared(String expected) {
        List<String> found =
                IntStream.range(0, count).parallel().mapToObj(this::hash).toList();
        Checksums.require(file, expected, PixelHash.ofAll(found.stream()), Dataset.REMEDY);
        return found;
    }

    private String hash(int row) {
        byte[] pixels = new byte[imageBytes];
        copy(row, pixels, 0);
        return PixelHash.of(side, side, pixels);
    }

    /** The {@link PixelHash} of an image; empty when that was not recorded. */
    Optional<String> sha256(int row) {
        List<String> known = hashes();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(row));
    }

    /**
     * Copies image {@code row} to {@code target} from {@code offset}.
     *
     * @param row 0 to {@link #count()} − 1
     * @param target with room for a whole image from {@code offset} on
     * @param offset where the first byte goes
     * @throws UnusableInputException when the images are not as they were written
     */
    public void read(int row, byte[] target, int offset) {
        if (row < 0 || row >= count) {
            throw new IndexOutOfBoundsException("image " + row + " of " + count);
        }
        requireUnchanged();
        copy(row, target, offset);
    }

    private void copy(int row, byte[] target, int offset) {
        mappings[row / imagesPerMapping].get((row % imagesPerMapping) * imageBytes, target, offset, imageBytes);
    }
}
