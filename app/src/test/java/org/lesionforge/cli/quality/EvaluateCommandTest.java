package org.lesionforge.cli.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.Progress;
import org.lesionforge.quality.source.Source;

/** {@code evaluate} on features of known answers, and what it says of input it cannot use. */
final class EvaluateCommandTest {
    @TempDir
    Path folder;

    /** Sets {0, 2, …} and {15, 19, …}: (difference of means)² + (difference of standard deviations)². */
    @Test
    void theDistanceOfGivenFeaturesByHand() throws IOException {
        String real = npy("real.npy", 1, 0, 2, 0, 2);
        String fake = npy("fake.npy", 1, 15, 19, 15, 19);
        Invocation result = Invocation.of("evaluate", real, fake, "--metrics", "fid,is,prdc", "--json", "--quiet")
                .succeeds();
        JsonNode json = new ObjectMapper().readTree(result.out());
        double std = Math.sqrt(4 / 3.0);
        JsonNode fid = json.get("metrics").get(0);
        assertEquals("fd-1[given features]", fid.get("name").asText());
        assertEquals(256 + std * std, fid.get("value").asDouble(), 1e-9);
        assertEquals("n=4/4", fid.get("recipe").asText());
        assertEquals(4, json.get("real").get("n").asInt());
        assertTrue(json.get("missing").toString().contains("\"density\""), "five neighbours need six reals");
        assertTrue(json.get("missing").toString().contains("1008 outputs"), result.out());
        assertTrue(json.get("findings").toString().contains("recall is 0"), result.out());
    }

    @Test
    void copiesOfTheTrainingSetAreFound() throws IOException {
        float[] training = normal(1, 160);
        float[] copies = training.clone();
        copies[0] += 0.001f;
        Invocation result = Invocation.of(
                        "evaluate",
                        npy("train.npy", 4, training),
                        npy("copies.npy", 4, copies),
                        "--metrics",
                        "memorisation",
                        "--held-out",
                        npy("held-out.npy", 4, normal(2, 160)),
                        "--json",
                        "--quiet")
                .succeeds();
        JsonNode metrics = new ObjectMapper().readTree(result.out()).get("metrics");
        assertEquals("authenticity", metrics.get(0).get("key").asText());
        assertEquals(0, metrics.get(0).get("value").asDouble());
        assertEquals("memorisation_p", metrics.get(2).get("key").asText());
        assertTrue(metrics.get(2).get("value").asDouble() < 1e-6, result.out());
    }

    @Test
    void whatCannotBeUsedIsNamed() throws IOException {
        String one = npy("a.npy", 1, 1, 2, 3, 4);
        Files.createDirectories(folder.resolve("empty"));
        Invocation.of("evaluate", one, folder.resolve("empty").toString(), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "0 readable images");
        Invocation.of("evaluate", one, npy("wide.npy", 2, 1, 2, 3, 4), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "features of 1 dimensions", "of 2");
        Invocation.of("evaluate", one, one, "--metrics", "beauty").fails(ExitCode.WRONG_USAGE, "beauty");
        Invocation.of("evaluate", one, one, "--match-size", "0").fails(ExitCode.WRONG_USAGE, "at least 1");
        Invocation.of("evaluate", one, one, "--features", "768").fails(ExitCode.WRONG_USAGE, "--metric-weights");
    }

    private static float[] normal(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void aRealSideOfGeneratedImagesIsAFinding() throws IOException {
        byte[] header = NpyHeader.bytes("|u1", 2, 1, 1, 3);
        Path array = Files.write(folder.resolve("images.npy"), Arrays.copyOf(header, header.length + 6));
        Files.writeString(folder.resolve("images.json"), "{\"network_pkl\": \"x.pkl\"}");
        try (Source real = Source.open(array.toString(), Progress.SILENT)) {
            assertEquals(
                    Optional.of("its images were made by a generator (images.json beside it)"),
                    real.images().orElseThrow().generated());
        }
    }

    private String npy(String name, int dimensions, float... values) throws IOException {
        String header = String.format(
                "%-117s\n",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + values.length / dimensions + ", " + dimensions
                        + "), }");
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        ByteBuffer file =
                ByteBuffer.wrap(Arrays.copyOf(start, 128 + 4 * values.length)).order(ByteOrder.LITTLE_ENDIAN);
        file.position(10).put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            file.putFloat(value);
        }
        return Files.write(folder.resolve(name), file.array()).toString();
    }
}
