package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.OutputFolder;

/** Runs with odd names, with links and damaged files in them, and such as come and go. */
final class OddFoldersTest {
    @TempDir
    Path folder;

    /** How the folder is called while it is looked at. */
    @FunctionalInterface
    private interface Look {
        void at(Visitor visitor) throws Exception;
    }

    private void serve(Path runs, Look look) throws Exception {
        try (Monitor monitor = Monitor.start(runs, InetAddress.getLoopbackAddress(), 0, Optional.empty())) {
            look.at(new Visitor(monitor.uri()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "Müller’s läsiön, 病変",
                "100 %",
                "%2e%2e",
                "a+b&c=d;e",
                "what?#now",
                "\"quoted\" 'twice' <b>",
                "back\\slash",
                "two\nlines",
                "dataset",
                "samples",
                "long"
            })
    void namesOfRuns(String word) throws Exception {
        // The longest that file systems have.
        String name = word.equals("long") ? "x".repeat(255) : word;
        MonitorTest.generator(folder.resolve("inner").resolve(name));
        serve(folder, visitor -> {
            String path = "inner/" + name;
            assertEquals(path, visitor.json("api/runs").get(0).get("path").asText());
            String encoded = Visitor.encoded(path);
            JsonNode page = visitor.json("api/run?run=" + encoded);
            assertEquals(10, page.get("summary").get("done").asInt());
            String sheet = page.get("samples").get(0).get("file").asText();
            assertEquals(path + "/samples/epoch-0002.png", sheet);
            String inParts = "files/inner/" + Visitor.encoded(name) + "/samples/epoch-0002.png";
            assertEquals(200, visitor.get(inParts).statusCode());
            String log = Visitor.encoded(page.get("logs").get(0).asText());
            try (Reader reader = new Reader(visitor.address() + "api/events?log=" + log, "")) {
                List<String> whole = Files.readAllLines(folder.resolve(path).resolve("stats.jsonl"))
                        .subList(0, 2);
                assertEquals(whole, reader.await(whole));
            }
        });
    }

    @Test
    void theFolderIsALink() throws Exception {
        Path runs = Files.createDirectories(folder.resolve("runs"));
        MonitorTest.generator(runs.resolve("one"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), runs);
        serve(link, visitor -> {
            assertEquals("one", visitor.json("api/runs").get(0).get("path").asText());
            assertEquals(200, visitor.get("files/one/samples/epoch-0002.png").statusCode());
            assertEquals(200, visitor.get("api/run?run=one").statusCode());
        });
    }

    @Test
    void whatLinksLeadToOutsideIsNotRead() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path runs = folder.resolve("runs");
        Path run = runs.resolve("run");
        MonitorTest.generator(run);
        Map<String, String> secrets = new TreeMap<>(Map.of(
                "config.json", "{\"title\": \"secret\", \"options\": {\"epochs\": 77}}",
                "stats.jsonl", "{\"epoch\": 77, \"loss_secret\": 77}\n",
                "metrics.jsonl", "{\"metrics\": [{\"key\": \"fid\", \"value\": 77}]}\n",
                "alarms.jsonl", "secret\n".repeat(77),
                "report.html", "secret 77"));
        for (Map.Entry<String, String> each : secrets.entrySet()) {
            Files.writeString(outside.resolve(each.getKey()), each.getValue());
            Files.deleteIfExists(run.resolve(each.getKey()));
            Files.createSymbolicLink(run.resolve(each.getKey()), outside.resolve(each.getKey()));
        }
        serve(runs, visitor -> {
            for (String path : List.of("api/runs", "api/run?run=run")) {
                String answer = visitor.get(path).body();
                assertTrue(answer.contains("generator") && !answer.contains("secret"), answer);
                assertFalse(answer.contains("77"), answer);
            }
            for (String path : List.of("files/run/report.html", "api/events?log=run/stats.jsonl")) {
                assertEquals(404, visitor.get(path).statusCode(), path);
            }
        });
    }

    @Test
    void damagedFiles() throws Exception {
        for (String config : List.of("", "[]", "null", "{\"options\": 3}", "{\"title\": {}, \"options\": [1]}", "{")) {
            Path run = folder.resolve("config " + config.length());
            MonitorTest.generator(run);
            Files.writeString(run.resolve("config.json"), config);
            experiment(folder.resolve("experiment " + config.length()), config);
        }
        Map<String, String> logs = Map.of(
                "empty", "",
                "blank", "\n\n",
                "torn", "{\"epoch\": 3",
                "not a number", "{\"epoch\": \"NaN\", \"loss_d\": \"NaN\"}\n",
                "no object", "[1]\nnull\n7\n",
                "damaged", "{\"epoch\": 1}\n\0\0\0{\n{\"epoch\": 2}\n");
        for (Map.Entry<String, String> each : logs.entrySet()) {
            Path run = folder.resolve(each.getKey());
            MonitorTest.generator(run);
            for (String file : List.of("stats.jsonl", "metrics.jsonl", "alarms.jsonl")) {
                Files.writeString(run.resolve(file), each.getValue());
            }
            Files.write(run.resolve("samples/epoch-0003.png"), new byte[0]);
        }
        serve(folder, visitor -> {
            JsonNode runs = visitor.json("api/runs");
            assertEquals(6 + 6 + 6, runs.size());
            for (JsonNode run : runs) {
                JsonNode page = visitor.json(
                        "api/run?run=" + Visitor.encoded(run.get("path").asText()));
                if (run.get("path").asText().equals("damaged")) {
                    assertEquals(2, page.get("summary").get("done").asInt());
                }
            }
            assertEquals("", visitor.get("files/empty/samples/epoch-0003.png").body());
            assertEquals(
                    404,
                    visitor.get("api/text?file=empty/samples/epoch-0003.png").statusCode());
        });
    }

    private static void experiment(Path run, String config) throws IOException {
        Files.createDirectories(run);
        Files.writeString(run.resolve("config.json"), config);
        Files.writeString(run.resolve("provenance.json"), "{}");
    }

    @Test
    void runsThatGoAndTheFolderToo() throws Exception {
        Path runs = folder.resolve("runs");
        MonitorTest.generator(runs.resolve("one"));
        MonitorTest.generator(runs.resolve("two"));
        serve(runs, visitor -> {
            assertEquals(2, visitor.json("api/runs").size());
            Files.move(runs.resolve("one"), runs.resolve("three"));
            assertEquals(404, visitor.get("api/run?run=one").statusCode());
            assertEquals(200, visitor.get("api/run?run=three").statusCode());
            OutputFolder.delete(runs);
            assertEquals(404, visitor.get("api/run?run=two").statusCode());
            assertEquals(404, visitor.get("files/two/samples/epoch-0002.png").statusCode());
            // The list is made at most every second.
            Thread.sleep(1_100);
            assertEquals(0, visitor.json("api/runs").size());
            MonitorTest.generator(runs.resolve("two"));
            Thread.sleep(1_100);
            assertEquals("two", visitor.json("api/runs").get(0).get("path").asText());
        });
    }
}
