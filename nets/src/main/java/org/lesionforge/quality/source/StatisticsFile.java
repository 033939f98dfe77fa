package org.lesionforge.quality.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.NpzFile;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureMoments;

/**
 * Mean and covariance of features in a file, as pytorch-fid keeps those of a reference set: a {@code .npz} with the float64 arrays {@code mu}, d values,
 * and {@code sigma}, d × d, the covariance divided by n − 1. The file says neither which network and resizing made the features, nor how many
 * images there were.
 *
 * @param name as the user gave it
 * @param sha256 of the file
 * @param moments mean and covariance of the features
 */
public record StatisticsFile(String name, String sha256, FeatureMoments moments) {
    private static final String MEAN = "mu";
    private static final String COVARIANCE = "sigma";
    /** The first that a zip can say: the same numbers give the same bytes. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Whether a {@code .npz} file holds such statistics, by the names of its arrays. */
    static boolean is(List<String> arrays) {
        return arrays.contains(MEAN) || arrays.contains(COVARIANCE);
    }

    /** @throws UnusableInputException when an array is missing or of another shape, or they are not a mean and its covariance */
    static StatisticsFile open(Path file, String name) {
        List<String> arrays = NpzFile.names(file);
        for (String array : List.of(MEAN, COVARIANCE)) {
            if (!arrays.contains(array)) {
                throw new UnusableInputException(name + " holds " + arrays + " and no " + array
                        + "; statistics are both mu and sigma, as pytorch-fid --save-stats writes them");
            }
        }
        NpyArray mean = NpzFile.open(file, MEAN);
        NpyArray covariance = NpzFile.open(file, COVARIANCE);
        try (FileChannel ofMean = mean.channel();
                FileChannel ofCovariance = covariance.channel()) {
            requireShapes(name, mean, covariance);
            FeatureMoments moments = FeatureMoments.of(mean.doubles(), covariance.doubles());
            return new StatisticsFile(name, Sha256.of(file), moments);
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(name + " does not hold a mean and its covariance: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static void requireShapes(String name, NpyArray mean, NpyArray covariance) {
        for (NpyArray array : List.of(mean, covariance)) {
            if (!array.holdsFloats()) {
                throw new UnusableInputException(
                        array.name() + " holds " + array.description() + "; expected float64 or float32 (<f8, <f4)");
            }
        }
        long[] shape = mean.shape();
        if (shape.length != 1 || shape[0] < 1 || shape[0] > FeatureFile.MOST_DIMENSIONS) {
            throw new UnusableInputException(name + " holds mu of shape " + Arrays.toString(shape)
                    + "; expected [d], d 1 to " + FeatureFile.MOST_DIMENSIONS);
        }
        long[] square = {shape[0], shape[0]};
        if (!Arrays.equals(covariance.shape(), square)) {
            throw new UnusableInputException(name + " holds mu of " + shape[0] + " values and sigma of shape "
                    + Arrays.toString(covariance.shape()) + "; expected " + Arrays.toString(square));
        }
    }

    /**
     * Writes what {@code numpy.savez_compressed(file, mu=…, sigma=…)} would hold; {@link Source#open} and pytorch-fid read it.
     *
     * @param file to replace
     * @param moments d means and d × d covariances, written as float64
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, FeatureMoments moments) throws IOException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            int d = moments.dimensions();
            add(zip, MEAN, moments.mean(), d);
            add(zip, COVARIANCE, moments.covariance(), d, d);
            zip.finish();
        });
    }

    private static void add(ZipOutputStream zip, String array, double[] values, int... shape) throws IOException {
        ZipEntry entry = new ZipEntry(array + ".npy");
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(NpyHeader.bytes("<f8", shape));
        writeValues(zip, values);
        zip.closeEntry();
    }

    private static void writeValues(OutputStream out, double[] values) throws IOException {
        int chunk = 1 << 13;
        ByteBuffer bytes = ByteBuffer.allocate(chunk * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += chunk) {
            int count = Math.min(chunk, values.length - at);
            bytes.asDoubleBuffer().put(values, at, count);
            out.write(bytes.array(), 0, count * Double.BYTES);
        }
    }
}
