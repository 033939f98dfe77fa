package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.MissingRequirementException;

/** What the server answers, and what it does not. */
final class MonitorTest {
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC");

    @TempDir
    Path folder;

    private Path runs;
    private Monitor monitor;
    private String address;

    @BeforeEach
    void start() throws IOException {
        runs = Files.createDirectories(folder.resolve("runs"));
        generator(runs.resolve("a gan"));
        Files.writeString(folder.resolve("secret.png"), "secret");
        monitor = Monitor.start(runs, InetAddress.getLoopbackAddress(), 0, Optional.empty());
        address = monitor.uri();
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    static void generator(Path run) throws IOException {
        Files.createDirectories(run.resolve("samples"));
        Files.writeString(
                run.resolve("config.json"),
                "{\"title\": \"DCGAN\", \"class_name\": \"malignant\", \"options\": {\"epochs\": 40, \"batch\": 4}}");
        Files.writeString(run.resolve("training-ids.txt"), "a\n");
        Files.writeString(run.resolve("licences.json"), "{\"attributions\": {}}");
        Files.writeString(
                run.resolve("stats.jsonl"),
                "{\"iteration\":1,\"epoch\":1,\"loss_d\":0.5}\n{\"iteration\":2,\"epoch\":10,\"loss_d\":0.25}\n{\"iter");
        Files.writeString(run.resolve("alarms.jsonl"), "{\"kind\":\"gradients\",\"since\":1,\"iteration\":2}\n");
        Files.write(run.resolve("samples/epoch-0010.png"), PNG);
        Files.write(run.resolve("samples/epoch-0002.png"), PNG);
        PngWriter.write(
                RgbImage.wrap(1, 1, new byte[3]),
                Map.of("Description", "epoch 2: nearest"),
                run.resolve("samples/nearest-0002.png"));
    }

    /** Of four trials one has ended, and one is at work. */
    static void experiment(Path run) throws IOException {
        Files.createDirectories(run);
        Files.writeString(
                run.resolve("config.json"),
                "{\"options\": {\"arms\": [\"none\", \"dcgan:5\"], \"seeds\": [0, 3]}, \"classifiers\": [\"inception-v3\"]}");
        Files.writeString(run.resolve("provenance.json"), "{}");
        Path done = Files.createDirectories(run.resolve("arms/none-seed0"));
        Files.writeString(done.resolve("result.json"), "{\"test\": {\"roc_auc\": 0.75}}");
        Path half = Files.createDirectories(run.resolve("arms/dcgan-5-seed3"));
        Files.writeString(half.resolve("stats.jsonl"), "{\"epoch\": 1}\n{\"epoch\": 2}\n");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return new Visitor(address).get(path, headers);
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new Visitor(address).json(path);
    }

    /** The status of a request that is sent as it stands. */
    private int raw(String... lines) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertFalse(answer.contains("secret"), answer);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void thePageAndItsFiles() throws Exception {
        HttpResponse<String> page = get("");
        assertEquals(200, page.statusCode());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        Pattern link = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
        List<String> files =
                link.matcher(page.body()).results().map(each -> each.group(1)).toList();
        assertTrue(files.size() >= 5, files.toString());
        for (String file : files) {
            assertFalse(file.startsWith("/") || file.contains("//"), file);
            if (!file.startsWith("data:")) {
                HttpResponse<String> asset = get(file);
                assertEquals(200, asset.statusCode(), file);
                // An address as an example in a comment is no link.
                assertFalse(
                        Pattern.compile("(src|href)\\s*[=:]\\s*[\"'`]?(https?:)?//")
                                .matcher(asset.body())
                                .find(),
                        file);
            }
        }
        // All modules are asked for at once: none is found only when another one was read.
        for (String module : files.stream().filter(file -> file.endsWith(".js")).toList()) {
            Pattern.compile("from \"./(\\w+\\.js)\"")
                    .matcher(get(module).body())
                    .results()
                    .forEach(found -> assertTrue(files.contains("assets/" + found.group(1)), found.group()));
        }
        assertTrue(new Assets().size() < 150_000, new Assets().size() + " bytes");
        assertEquals(404, get("assets/other.js").statusCode());
    }

    @Test
    void foreignHosts() throws IOException {
        int port = URI.create(address).getPort();
        for (String own : List.of("localhost:" + port, "127.0.0.1:" + port, "LOCALHOST", "[::1]:1", "localhost:99")) {
            assertEquals(200, raw("GET / HTTP/1.1", "Host: " + own), own);
        }
        for (String foreign : List.of(
                "evil.example",
                "evil.example:" + port,
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "[fd00::1]",
                "")) {
            assertEquals(421, raw("GET / HTTP/1.1", "Host: " + foreign), foreign);
            assertEquals(421, raw("GET /api/runs HTTP/1.1", "Host: " + foreign), foreign);
        }
        assertEquals(421, raw("GET / HTTP/1.0"));
        assertEquals(421, raw("GET / HTTP/1.1", "Host: localhost", "Host: evil.example"));
        assertEquals(421, raw("GET http://evil.example/ HTTP/1.1", "Host: localhost"));
    }

    @Test
    void nothingButReading() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")) {
            assertEquals(405, raw(method + " /api/runs HTTP/1.1", "Host: localhost", "Content-Length: 0"), method);
        }
    }

    @Test
    void nothingOutsideTheFolder() throws IOException {
        Files.createSymbolicLink(runs.resolve("link.png"), folder.resolve("secret.png"));
        Files.createSymbolicLink(runs.resolve("out"), folder);
        Files.writeString(runs.resolve(".hidden.png"), "secret");
        for (String path : List.of(
                "../secret.png",
                "a%20gan/../../secret.png",
                "%2e%2e/secret.png",
                "..%2fsecret.png",
                "a%20gan%2f..%2f..%2fsecret.png",
                "..%5csecret.png",
                "%00secret.png",
                "/secret.png",
                "%2f" + folder.resolve("secret.png").toString().substring(1),
                "link.png",
                "out/secret.png",
                ".hidden.png",
                "a%20gan/config.json",
                "a%20gan/nothing.png",
                "a%20gan/samples")) {
            assertEquals(404, raw("GET /files/" + path + " HTTP/1.1", "Host: localhost"), path);
        }
        for (String picture : List.of("../secret.png", "link.png", "out/secret.png", ".hidden.png")) {
            assertEquals(404, raw("GET /api/text?file=" + picture + " HTTP/1.1", "Host: localhost"), picture);
        }
        assertEquals(400, raw("GET /files/%zz.png HTTP/1.1", "Host: localhost"));
        for (String log :
                List.of("../stats.jsonl", "out/stats.jsonl", "a%20gan/config.json", "a%20gan/..%2fstats.jsonl")) {
            assertEquals(404, raw("GET /api/events?log=" + log + " HTTP/1.1", "Host: localhost"), log);
        }
        assertEquals(400, raw("GET /api/events HTTP/1.1", "Host: localhost"));
        for (String run : List.of("..", "out", "nowhere", "a%20gan%2f..")) {
            assertEquals(404, raw("GET /api/run?run=" + run + " HTTP/1.1", "Host: localhost"), run);
        }
    }

    @Test
    void runsAndOneOfThem() throws Exception {
        JsonNode list = json("api/runs");
        assertEquals(1, list.size());
        JsonNode run = list.get(0);
        assertEquals("a gan", run.get("path").asText());
        assertEquals("DCGAN of malignant", run.get("title").asText());
        // The torn line after epoch 10 says nothing; nobody holds the run's lock.
        assertEquals("stopped", run.get("state").asText());
        assertEquals(10, run.get("done").asInt());
        assertEquals(40, run.get("of").asInt());
        assertEquals(1, run.get("alarms").asInt());
        assertEquals(0.25, run.get("numbers").get("loss_d").asDouble());
        JsonNode page = json("api/run?run=a%20gan");
        assertEquals(
                "a gan/samples/epoch-0002.png",
                page.get("samples").get(0).get("file").asText());
        assertEquals(10, page.get("samples").get(1).get("epoch").asInt());
        assertEquals(2, page.get("samples").size());
        assertEquals(
                "[{\"epoch\":2,\"file\":\"a gan/samples/nearest-0002.png\"}]",
                page.get("nearest").toString());
        assertEquals(
                "epoch 2: nearest",
                get("api/text?file=a%20gan/samples/nearest-0002.png").body());
        assertEquals(404, get("api/text?file=a%20gan/samples/nearest-0003.png").statusCode());
        assertEquals(404, get("api/text?file=a%20gan/config.json").statusCode());
        assertEquals(4, page.get("config").get("options").get("batch").asInt());
        HttpResponse<String> sheet = get("files/a%20gan/samples/epoch-0002.png");
        assertEquals("image/png", sheet.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(sheet.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("sandbox"));
        Files.createFile(runs.resolve("a gan/.lock"));
        Thread.sleep(1_100);
        assertEquals("running", json("api/runs").get(0).get("state").asText());
    }

    @Test
    void aGeneratorThatIsTrainedLevelByLevel() throws Exception {
        Path run = runs.resolve("a gan");
        Files.writeString(
                run.resolve("stats.jsonl"),
                "{\"iteration\":1,\"epoch\":40,\"level\":0}\n{\"iteration\":2,\"epoch\":47,\"level\":1}\n");
        JsonNode old = json("api/run?run=a%20gan").get("summary");
        // 40 epochs of each level; a run of before does not say how many levels there are.
        assertEquals(47, old.get("done").asInt());
        assertTrue(old.get("of").isNull());
        assertEquals(1, old.get("level").get("number").asInt());
        assertEquals(7, old.get("level").get("epoch").asInt());
        assertEquals(40, old.get("level").get("epochs").asInt());
        assertTrue(old.get("level").get("last").isNull());
        Path config = run.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"options\"", "\"stages\": 3, \"options\""));
        JsonNode now = json("api/run?run=a%20gan").get("summary");
        assertEquals(120, now.get("of").asInt());
        assertEquals(2, now.get("level").get("last").asInt());
        assertTrue(now.get("seconds_left").isNull());
    }

    @Test
    void trialsOfAnExperiment() throws Exception {
        Path run = runs.resolve("experiment");
        experiment(run);
        JsonNode page = json("api/run?run=experiment");
        JsonNode cells = page.get("cells");
        assertEquals(4, cells.size());
        assertEquals("finished", cells.get(0).get("state").asText());
        assertEquals(0.75, cells.get(0).get("roc_auc").asDouble());
        assertEquals("waiting", cells.get(1).get("state").asText());
        assertEquals("training", cells.get(3).get("state").asText());
        assertEquals(2, cells.get(3).get("epochs").asInt());
        assertEquals("arms/dcgan-5-seed3", cells.get(3).get("run").asText());
        assertEquals(1, page.get("summary").get("done").asInt());
        assertTrue(page.get("report").isNull());
        Files.writeString(run.resolve("report.html"), "<p>found</p>");
        assertEquals(
                "experiment/report.html",
                json("api/run?run=experiment").get("report").asText());
        HttpResponse<String> report = get("files/experiment/report.html");
        assertEquals("<p>found</p>", report.body());
        assertTrue(report.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("default-src 'none'"));
    }

    @Test
    void emptyAndMissingFolders() throws Exception {
        for (String name : List.of("empty", "missing")) {
            if (name.equals("empty")) {
                Files.createDirectory(folder.resolve(name));
            }
            try (Monitor other =
                    Monitor.start(folder.resolve(name), InetAddress.getLoopbackAddress(), 0, Optional.empty())) {
                address = other.uri();
                assertEquals("[]", get("api/runs").body());
                assertEquals(200, get("").statusCode());
            }
        }
    }

    @Test
    void theFolderIsARunItself() throws Exception {
        try (Monitor other =
                Monitor.start(runs.resolve("a gan"), InetAddress.getLoopbackAddress(), 0, Optional.empty())) {
            address = other.uri();
            assertEquals("", json("api/runs").get(0).get("path").asText());
            assertEquals("stats.jsonl", json("api/run?run=").get("logs").get(0).asText());
        }
    }

    @Test
    void tokens() throws Exception {
        InetAddress every = InetAddress.getByName("0.0.0.0");
        assertThrows(IllegalArgumentException.class, () -> Monitor.start(runs, every, 0, Optional.empty()));
        try (Monitor other = Monitor.start(runs, every, 0, Optional.of("s3cret"))) {
            String open = other.uri();
            assertTrue(open.endsWith("/?token=s3cret"), open);
            address = open.replace("?token=s3cret", "");
            assertEquals(401, get("").statusCode());
            assertEquals(401, get("?token=s3cre").statusCode());
            assertEquals(401, get("api/runs").statusCode());
            HttpResponse<String> page = get("?token=s3cret");
            assertEquals(200, page.statusCode());
            String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
            assertEquals(
                    200,
                    get("api/runs", "Cookie", "a=b; " + cookie.split(";", 2)[0]).statusCode());
            assertEquals(421, raw("GET /?token=s3cret HTTP/1.1", "Host: evil.example"));
        }
    }

    @Test
    void aPortThatIsTaken() {
        int port = URI.create(address).getPort();
        MissingRequirementException taken = assertThrows(
                MissingRequirementException.class,
                () -> Monitor.start(runs, InetAddress.getLoopbackAddress(), port, Optional.empty()));
        assertTrue(taken.getMessage().contains("--port"), taken.getMessage());
    }
}
