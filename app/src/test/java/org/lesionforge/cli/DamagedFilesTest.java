package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** Commands on data sets and GAN runs with one damaged key; and what their files say of the user's home. */
final class DamagedFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NATIVES = "org.bytedeco.javacpp.cachedir";
    private static final String HOME = System.getProperty("user.home");

    /** Null has a meaning there, by docs/contracts.md. */
    private static final Set<String> NULLABLE = Set.of("measuring", "decode");

    @TempDir
    static Path folder;

    private static Path dataset;
    private static Path run;

    @BeforeAll
    static void make() throws IOException {
        // The natives are unpacked once for all tests, not into every home.
        System.setProperty(NATIVES, System.getProperty(NATIVES, HOME + "/.javacpp/cache"));
        System.setProperty("user.home", folder.toString());
        dataset = TinyDataset.prepare(folder);
        run = folder.resolve("run");
        Invocation.of(
                        "gan",
                        "train",
                        dataset.toString(),
                        "--class",
                        "malignant",
                        "--out",
                        run.toString(),
                        "--preset",
                        "small-data",
                        "--size",
                        "16",
                        "--width",
                        "4",
                        "--latent",
                        "8",
                        "--batch",
                        "4",
                        "--epochs",
                        "2",
                        "--quiet")
                .succeeds();
    }

    @AfterAll
    static void restore() {
        System.setProperty("user.home", HOME);
    }

    /** Damages every key in turn. */
    private static void assertRefusedOrEqual(Path file, Supplier<Invocation> command) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        try {
            damageAndRestore(file, whole, command);
        } finally {
            Files.write(file, whole);
        }
    }

    private static void damageAndRestore(Path file, byte[] whole, Supplier<Invocation> command) throws IOException {
        String before = withoutTime(command.get().succeeds().out());
        ObjectNode root = (ObjectNode) JSON.readTree(whole);
        List<String> paths = new ArrayList<>();
        collect(root, "", paths);
        int refused = 0;
        for (String path : paths) {
            for (String damage : List.of("absent", "null", "other type")) {
                ObjectNode changed = root.deepCopy();
                String key = path.substring(path.lastIndexOf('/') + 1);
                ObjectNode parent = (ObjectNode) changed.at(path.substring(0, path.lastIndexOf('/')));
                JsonNode value = parent.remove(key);
                if (damage.equals("null")) {
                    parent.putNull(key);
                } else if (damage.equals("other type") && value.isTextual()) {
                    parent.put(key, 7);
                } else if (damage.equals("other type")) {
                    parent.put(key, "seven");
                }
                Files.writeString(file, changed.toString());
                Invocation after = command.get();
                String what = key + " " + damage + ": " + after.err();
                if (after.exitCode() == ExitCode.DONE) {
                    assertTrue(
                            withoutTime(after.out()).equals(before)
                                    || (damage.equals("null") && NULLABLE.contains(key)),
                            what);
                } else {
                    refused++;
                    after.fails(ExitCode.UNUSABLE_INPUT, file.getFileName().toString(), key);
                    assertFalse(after.err().contains("lesionforge."), what);
                }
            }
        }
        Files.writeString(file, new String(whole, StandardCharsets.UTF_8).substring(0, whole.length / 2));
        command.get().fails(ExitCode.UNUSABLE_INPUT, file.toString(), "cut short");
        // A key that says nothing here can be absent as well.
        long saying = paths.stream().filter(path -> !root.at(path).isNull()).count();
        assertTrue(refused >= 2 * saying, refused + " refusals of " + saying + " keys with a value");
    }

    private static void collect(JsonNode node, String path, List<String> paths) {
        node.properties().forEach(field -> {
            paths.add(path + "/" + field.getKey());
            collect(field.getValue(), path + "/" + field.getKey(), paths);
        });
    }

    private static String withoutTime(String json) {
        return json.replaceAll("\"seconds\" *: *[0-9.E-]+", "");
    }

    @Test
    void damagedDataSetIsRefused() throws IOException {
        assertRefusedOrEqual(
                dataset.resolve("dataset.json"), () -> Invocation.of("audit", dataset.toString(), "--json", "--quiet"));
    }

    @Test
    void damagedConfigurationOfAGanIsRefused() throws IOException {
        assertRefusedOrEqual(
                run.resolve("config.json"), () -> Invocation.of("gan", "inspect", run.toString(), "--json"));
    }

    @Test
    void damagedChoiceOfASnapshotIsRefused() throws IOException {
        List<Path> samples = new ArrayList<>();
        assertRefusedOrEqual(run.resolve("best.json"), () -> {
            samples.add(folder.resolve("sample" + samples.size()));
            Invocation drawn = Invocation.of(
                    "gan",
                    "sample",
                    run.toString(),
                    "--count",
                    "1",
                    "--json",
                    "--out",
                    samples.get(samples.size() - 1).toString());
            return new Invocation(drawn.exitCode(), drawn.out().replaceAll("sample\\d+", "sample"), drawn.err());
        });
    }

    @Test
    void aLaterVersionIsRefused() throws IOException {
        Path file = dataset.resolve("dataset.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.replaceFirst("\"format_version\" *: *\\d+", "\"format_version\": 99"));
        Invocation.of("audit", dataset.toString()).fails(ExitCode.UNUSABLE_INPUT, file.toString(), "99", "as new as");
        Files.writeString(file, whole);
    }

    @Test
    void whatIsHandedOnDoesNotNameTheHome() throws IOException {
        Path drawn = folder.resolve("drawn");
        Path audit = folder.resolve("audit");
        Invocation.of("gan", "sample", run.toString(), "--count", "3", "--out", drawn.toString())
                .succeeds();
        Invocation.of("audit", dataset.toString(), "--out", audit.toString(), "--quiet")
                .succeeds();
        Invocation.of("report", run.toString()).succeeds();
        Set<String> state = Set.of("config.json", "log.txt", "lock", ".lock");
        int looked = 0;
        for (Path made : List.of(dataset, run, drawn, audit)) {
            try (Stream<Path> files = Files.walk(made)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (state.contains(file.getFileName().toString())) {
                        continue;
                    }
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertFalse(content.contains(folder.toString()), file + " names " + folder);
                    looked++;
                }
            }
        }
        assertTrue(looked > 10, looked + " files");
        assertTrue(Files.readString(dataset.resolve("dataset.json")).contains("~/phantoms"));
        assertTrue(Files.readString(audit.resolve("audit.json")).contains("~/dataset"));
        assertEquals(
                folder.resolve("dataset").toString(),
                JSON.readTree(run.resolve("config.json").toFile())
                        .get("dataset")
                        .asText());
    }
}
