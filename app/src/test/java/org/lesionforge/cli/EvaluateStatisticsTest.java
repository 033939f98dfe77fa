package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.NpzFile;

/**
 * {@code mu} and {@code sigma} as pytorch-fid keeps them. Expected distances: NumPy 2 ({@code cov}, symmetric eigenvalues) and SciPy 1.17 ({@code
 * sqrtm}), which agree to 1e-13 on the first pair.
 */
final class EvaluateStatisticsTest {
    private static final double[] A = {1, 4, -2, 0, 3, 1, 5, 2, -1, 2, 2, 7, 6, -3, 0, 1, 2, 2, 9, -4, 0, 5, 1, 3};
    private static final double[] B = {
        2, 0, 1, 1, 5, -2, 3, 0, -4, 1, 6, 2, 1, 7, -1, 3, 3, 3, 2, -6, 8, 1, 0, 4, -2, -1, 4, 5
    };
    /** Fewer vectors than dimensions. */
    private static final double[] FEW = {2, 0, 1, 1, 5, -2, 3, 0, -4, 1, 6, 2};

    private static final double A_TO_B = 12.78662096934795;
    private static final double A_TO_FEW = 30.76456679875531;

    @TempDir
    Path folder;

    @Test
    void distancesAreThoseOfThePytorchFidFormula() throws IOException {
        String a = features("a.npy", A);
        String b = features("b.npy", B);
        String few = features("few.npy", FEW);
        String ofA = folder.resolve("a.npz").toString();
        String ofFew = folder.resolve("few.npz").toString();
        assertEquals(A_TO_B, fid(a, b, "--save-stats", ofA), 1e-6 * A_TO_B);
        assertEquals(A_TO_FEW, fid(few, a, "--save-stats", ofFew), 1e-6 * A_TO_FEW);
        assertEquals(A_TO_B, fid(ofA, b), 1e-6 * A_TO_B);
        assertEquals(A_TO_B, fid(b, ofA), 1e-6 * A_TO_B);
        assertEquals(A_TO_FEW, fid(ofA, few), 1e-6 * A_TO_FEW);
        assertEquals(A_TO_FEW, fid(ofA, ofFew), 1e-6 * A_TO_FEW);
        assertEquals(0, fid(ofA, ofA), 1e-9);
    }

    /** Values from {@code numpy.cov(A, rowvar=False)}. */
    @Test
    void theFileHoldsTheMeanAndTheUnbiasedCovariance() throws IOException {
        Path file = folder.resolve("a.npz");
        fid(features("a.npy", A), features("b.npy", B), "--save-stats", file.toString());
        assertEquals(List.of("mu", "sigma"), NpzFile.names(file));
        assertArrayEquals(
                new double[] {11 / 6.0, 11 / 6.0, 2.5, 1.5},
                NpzFile.open(file, "mu").doubles(),
                1e-12);
        double[] row = {-5.833333333333333, 7.766666666666667, -0.7, 0.7};
        double[] sigma = NpzFile.open(file, "sigma").doubles();
        assertArrayEquals(row, Arrays.copyOfRange(sigma, 4, 8), 1e-12);
        assertEquals("<f8", NpzFile.open(file, "sigma").type());
    }

    @Test
    void whatStatisticsDoNotAllowIsListed() throws IOException {
        String a = statistics("a.npz", new double[] {1, 2}, 2, 1, 0, 0, 1);
        JsonNode json = json(a, a, "--metrics", "fid,is,kid,prdc,memorisation");
        assertEquals(1, json.get("metrics").size());
        assertEquals(
                "fd-2[given statistics]", json.get("metrics").get(0).get("name").asText());
        String recipe = json.get("metrics").get(0).get("recipe").asText();
        assertTrue(recipe.startsWith("n=unknown/unknown, " + a + " with SHA-256 "), recipe);
        assertTrue(json.get("real").get("n").isNull());
        for (String key :
                List.of("fid_floor", "kid", "precision", "recall", "density", "coverage", "is", "authenticity")) {
            assertTrue(json.get("missing").toString().contains("{\"key\":\"" + key + "\""), key);
        }
        assertTrue(json.get("findings").toString().contains("does not say which network"), json.toString());
    }

    @Test
    void whatIsNotAMeanAndItsCovarianceIsRefused() throws IOException {
        String sound = statistics("sound.npz", new double[] {1, 2}, 2, 1, 0, 0, 1);
        refused("3 values and sigma of shape [2, 2]", statistics("shape.npz", new double[] {1, 2, 3}, 2, 1, 0, 0, 1));
        refused("not symmetric", statistics("asymmetric.npz", new double[] {1, 2}, 2, 1, 0.5, 0.1, 1));
        refused("positive semi-definite", statistics("indefinite.npz", new double[] {1, 2}, 2, 1, 2, 2, 1));
        refused("positive semi-definite", statistics("negative.npz", new double[] {1, 2}, 2, -1, 0, 0, -1));
        refused("sigma holds NaN", statistics("nan.npz", new double[] {1, 2}, 2, Double.NaN, 0, 0, 1));
        refused("mu holds Infinity", statistics("inf.npz", new double[] {Double.POSITIVE_INFINITY, 2}, 2, 1, 0, 0, 1));
        refused("and no sigma", zip("half.npz", "mu", new double[] {1, 2}, 2));
        Invocation.of("evaluate", sound, features("d4.npy", A), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "2 dimensions", "4");
        Invocation.of("evaluate", sound, sound, "--quiet", "--save-stats", folder + "/x.npz")
                .fails(ExitCode.UNUSABLE_INPUT, "already");
        Invocation.of("evaluate", sound, sound, "--quiet", "--save-stats", folder + "/x.npy")
                .fails(ExitCode.WRONG_USAGE, ".npz");
    }

    private void refused(String expected, String file) {
        Invocation.of("evaluate", file, file, "--quiet").fails(ExitCode.UNUSABLE_INPUT, expected);
    }

    private static double fid(String real, String fake, String... more) throws IOException {
        String[] options =
                Stream.concat(Stream.of("--metrics", "fid"), Stream.of(more)).toArray(String[]::new);
        return json(real, fake, options).get("metrics").get(0).get("value").asDouble();
    }

    private static JsonNode json(String real, String fake, String... more) throws IOException {
        String[] arguments = Stream.concat(Stream.of("evaluate", real, fake, "--json", "--quiet"), Stream.of(more))
                .toArray(String[]::new);
        return new ObjectMapper().readTree(Invocation.of(arguments).succeeds().out());
    }

    private String features(String name, double[] values) throws IOException {
        return Files.write(folder.resolve(name), array(values, values.length / 4, 4))
                .toString();
    }

    private String statistics(String name, double[] mean, int d, double... covariance) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("mu.npy"));
            zip.write(array(mean, mean.length));
            zip.putNextEntry(new ZipEntry("sigma.npy"));
            zip.write(array(covariance, d, d));
        }
        return file.toString();
    }

    private String zip(String name, String array, double[] values, int... shape) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(array + ".npy"));
            zip.write(array(values, shape));
        }
        return file.toString();
    }

    private static byte[] array(double[] values, int... shape) {
        byte[] header = NpyHeader.bytes("<f8", shape);
        ByteBuffer file = ByteBuffer.allocate(header.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        for (double value : values) {
            file.putDouble(value);
        }
        return file.array();
    }
}
