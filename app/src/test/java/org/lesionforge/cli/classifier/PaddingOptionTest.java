package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.Safetensors;

/** {@code --padding}: which of the networks of one name is trained. */
final class PaddingOptionTest {
    @TempDir
    static Path folder;

    private static String dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "32", "--test", "0.25", "--validation", "0.2")
                .toString();
    }

    private static Invocation train(Path out, String... more) {
        return call(
                more, "classify", "train", dataset, "--out=" + out, "--size=32", "--epochs=1", "--batch=8", "--quiet");
    }

    private static Invocation call(String[] more, String... first) {
        return Invocation.of(Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new));
    }

    /** Weights of MobileNet V1 that say what is in {@code metadata}. */
    private static String weights(String name, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve(name);
        Backbone net = BackboneZoo.STANDARD
                .named("mobilenet-v1")
                .orElseThrow()
                .classifier(4)
                .build();
        try (Scope scope = new Scope()) {
            Safetensors.write(file, StateDict.of(net), metadata);
        } finally {
            net.close();
        }
        return file.toString();
    }

    @Test
    void aRunKeepsItAndItsResumptionToo() throws IOException {
        Path run = folder.resolve("keras");
        train(run, "--architecture=mobilenet-v1", "--padding=keras").succeeds();
        JsonNode config = Json.readTree(run.resolve("config.json"));
        assertEquals("keras", config.at("/padding").asText());
        assertEquals(
                "KERAS", Json.readTree(run.resolve("model.json")).at("/pooling").asText());

        byte[] model = Files.readAllBytes(run.resolve("model.safetensors"));
        Files.delete(run.resolve("model.json"));
        Files.delete(run.resolve("stats.jsonl"));
        Invocation.of("classify", "resume", run.toString(), "--quiet").succeeds();
        assertEquals(
                "KERAS", Json.readTree(run.resolve("model.json")).at("/pooling").asText());
        assertArrayEquals(model, Files.readAllBytes(run.resolve("model.safetensors")));

        Files.delete(run.resolve("model.json"));
        ((ObjectNode) config).put("padding", "same");
        Json.write(run.resolve("config.json"), config);
        Invocation.of("classify", "resume", run.toString(), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "--padding is one of [timm, keras]", "'same'");
    }

    @Test
    void itIsRefusedWhereThereIsNoChoiceOrNoSuchOne() {
        Path out = folder.resolve("refused");
        train(out, "--architecture=mobilenet-v2", "--padding=keras")
                .fails(ExitCode.WRONG_USAGE, "--padding keras", "mobilenet-v2");
        train(out, "--architecture=mobilenet-v1", "--padding=same")
                .fails(ExitCode.WRONG_USAGE, "[timm, keras] for mobilenet-v1, got 'same'");
        experiment(out, "--classifiers=mobilenet-v2,resnet-50", "--padding=timm")
                .fails(ExitCode.WRONG_USAGE, "--padding timm", "mobilenet-v2, resnet-50");
        assertFalse(Files.exists(out));
    }

    @Test
    void itMustAgreeWithWhatAFileSays() throws IOException {
        Path out = folder.resolve("contradicted");
        String timm = weights("timm.safetensors", WeightsDeclaration.metadata("mine", "TIMM", "x/127.5-1"));
        train(out, "--weights=" + timm, "--padding=keras")
                .fails(ExitCode.UNUSABLE_INPUT, "--padding timm", "--padding names keras");
        experiment(out, "--weights=" + timm, "--padding=keras")
                .fails(ExitCode.UNUSABLE_INPUT, "--padding timm", "--padding names keras");
        assertFalse(Files.exists(out));
        String silent = weights("silent.safetensors", Map.of());
        String text = train(out, "--weights=" + silent, "--padding=keras", "--dry-run")
                .succeeds()
                .out();
        assertTrue(text.contains("MobileNet V1 with --padding keras, from "), text);
    }

    /** To several networks it goes where there is a choice; of the usual one a run says nothing, as before there was this option. */
    @Test
    void anExperimentRecordsIt() throws IOException {
        Path out = folder.resolve("planned");
        String both = "--classifiers=mobilenet-v2,mobilenet-v1";
        ObjectMapper json = new ObjectMapper();
        JsonNode usual = json.readTree(
                experiment(out, both, "--dry-run", "--json").succeeds().out());
        assertTrue(usual.path("padding").isMissingNode(), usual.toString());
        JsonNode keras = json.readTree(experiment(out, both, "--padding=keras", "--dry-run", "--json")
                .succeeds()
                .out());
        assertEquals("keras", keras.at("/padding").asText());
    }

    private static Invocation experiment(Path out, String... more) {
        return call(
                more,
                "experiment",
                dataset,
                "--out=" + out,
                "--size=32",
                "--epochs=1",
                "--batch=8",
                "--arms=none,oversample",
                "--quiet");
    }
}
