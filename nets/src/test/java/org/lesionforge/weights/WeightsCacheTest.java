package org.lesionforge.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/** Downloads from a server on this machine that misbehaves as real ones do. */
@Timeout(120)
class WeightsCacheTest {
    private static final RetryPolicy SHORT =
            new RetryPolicy(3, Duration.ofMillis(20), Duration.ofSeconds(3), Duration.ofSeconds(5));

    @TempDir
    Path folder;

    private final byte[] content = new byte[300_000];
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private FlakyServer server;
    private KnownWeights known;
    private WeightsCache cache;

    @BeforeEach
    void start() throws IOException {
        new Seed(5).random().nextBytes(content);
        server = new FlakyServer(content);
        known = new KnownWeights(
                "test",
                "inception-v3",
                "test",
                "test.pth",
                server.address(),
                content.length,
                Sha256.of(content),
                "tests",
                "none",
                Normalisation.SIGNED_UNIT,
                Optional.empty());
        cache = new WeightsCache(folder.resolve("cache"), HttpClient::newHttpClient, SHORT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void downloadsOnce() throws IOException {
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
        assertFalse(Files.exists(part()));
        assertFalse(fetch());
        assertEquals(List.of("GET"), server.requests());
        assertTrue(messages.get(0).contains("downloading test.pth (300,000 bytes"), messages.toString());
    }

    @Test
    void goesOnWhereTheConnectionBrokeOff() throws IOException {
        server.plan(FlakyServer.breakOffAfter(100_000), FlakyServer.breakOffAfter(50_000));
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
        List<String> requests = server.requests();
        assertEquals(3, requests.size());
        assertTrue(requests.get(1).startsWith("GET bytes="), requests.toString());
    }

    @Test
    void aCancellationKeepsWhatCameAndTheNextFetchBringsTheRest() throws IOException {
        Cancellation token = new Cancellation();
        token.request();
        // What came before is the beginning of the file; the first piece of the rest is not waited for.
        Files.createDirectories(cache.folder());
        Files.write(part(), Arrays.copyOf(content, 123_456));
        assertThrows(InterruptedRunException.class, () -> cache.fetch(known, Progress.SILENT.cancelledBy(token)));
        assertArrayEquals(Arrays.copyOf(content, 123_456), Files.readAllBytes(part()));
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void goesOnInTheNextProcess() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(part(), Arrays.copyOf(content, 123_456));
        assertTrue(fetch());
        assertEquals(List.of("GET bytes=123456-"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void startsAnewWhenTheServerIgnoresTheRange() throws IOException {
        server.plan(FlakyServer.breakOffAfter(100_000), FlakyServer.ignoringRange());
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void startsAnewWhenWhatWasKeptIsSomethingElse() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(part(), new byte[200_000]);
        assertTrue(fetch());
        assertEquals(List.of("GET bytes=200000-", "GET"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void waitsForABusyServer() throws IOException {
        server.plan(FlakyServer.answer(503), FlakyServer.answer(503, "Retry-After", "1"));
        long start = System.nanoTime();
        assertTrue(fetch());
        assertTrue(System.nanoTime() - start >= 1_000_000_000L, "Retry-After: 1 was not honoured");
        assertTrue(messages.get(2).contains("answered 503; trying again in 1 s"), messages.toString());
        assertEquals(3, server.requests().size());
    }

    @Test
    void givesUpOnAServerThatStaysBusyOrAsksForTooLong() {
        server.plan(FlakyServer.answer(429), FlakyServer.answer(500), FlakyServer.answer(503));
        assertUnavailable("answered 503");
        server.plan(FlakyServer.answer(429, "Retry-After", "3600"));
        assertUnavailable("answered 429");
        assertEquals(4, server.requests().size());
    }

    @Test
    void givesUpAtOnceWhenTheFileIsNotThere() {
        server.plan(FlakyServer.answer(404));
        assertUnavailable("answered 404");
        assertEquals(1, server.requests().size());
    }

    @Test
    void aSilentServerCountsAsABrokenConnection() throws IOException {
        server.plan(FlakyServer.silentAfter(100_000));
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
        assertTrue(messages.stream().anyMatch(text -> text.contains("stopped sending")), messages.toString());
    }

    @Test
    void followsARedirection() throws IOException {
        server.plan(FlakyServer.answer(
                302, "Location", server.address().resolve("/moved/test.pth").toString()));
        assertTrue(fetch());
        assertEquals(List.of("GET", "GET"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    /** As long as something comes it goes on; when nothing more does, what came is kept under the name of what is unfinished alone. */
    @Test
    void givesUpOnAServerThatStallsOrBreaksOffForGood() throws IOException {
        server.plan(FlakyServer.breakOffAfter(1000));
        server.plan(FlakyServer.silentAfter(0), FlakyServer.breakOffAfter(0), FlakyServer.silentAfter(0));
        assertUnavailable("1000 bytes are kept, and fetching again resumes from there");
        assertFalse(cache.has(known));
        assertArrayEquals(Arrays.copyOf(content, 1000), Files.readAllBytes(part()));
    }

    @Test
    void neverKeepsAWrongFile() {
        byte[] sameSize = content.clone();
        sameSize[1000] ^= 1;
        for (byte[] wrong :
                List.of("<html>log in</html>".getBytes(StandardCharsets.UTF_8), sameSize, new byte[2_000_000])) {
            server.plan(FlakyServer.sending(wrong));
            assertUnavailable("is not test.pth");
            assertFalse(Files.exists(part()));
            assertFalse(cache.has(known));
        }
    }

    @Test
    void offlineItSaysWhatToGetFromWhereAndWhatToRun() {
        server.close();
        assertUnavailable("no connection");
    }

    @Test
    void twoAtOnceDownloadOnce() throws Exception {
        server.plan(FlakyServer.slowly());
        WeightsCache other = new WeightsCache(cache.folder(), HttpClient::newHttpClient, SHORT);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> first = threads.submit(this::fetch);
            Future<Boolean> second = threads.submit(() -> other.fetch(known, Progress.SILENT));
            assertTrue(first.get() ^ second.get(), "one of them downloads, the other finds it there");
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of("GET"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void twoProcessesAtOnceDownloadOnce() throws Exception {
        server.plan(FlakyServer.slowly());
        List<Process> processes =
                List.of(DownloadProcess.start(known, cache.folder()), DownloadProcess.start(known, cache.folder()));
        List<String> outputs = new ArrayList<>();
        for (Process process : processes) {
            outputs.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        Collections.sort(outputs);
        assertEquals(List.of("downloaded", "found"), outputs);
        assertEquals(List.of("GET"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void aKilledDownloadGoesOn() throws Exception {
        server.plan(FlakyServer.silentAfter(100_000));
        Process process = DownloadProcess.start(known, cache.folder());
        while (!Files.exists(part()) || Files.size(part()) < 100_000) {
            assertTrue(process.isAlive(), "the download ended by itself");
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        assertFalse(cache.has(known));
        assertTrue(fetch());
        assertEquals(List.of("GET", "GET bytes=100000-"), server.requests());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void replacesAFileThatWasChanged() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(cache.path(known), new byte[content.length]);
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
    }

    @Test
    void namesMeanFilesOfTheCacheAndPathsThemselves() throws IOException {
        Path path = folder.resolve("mine.pth");
        assertEquals(path, cache.find(path, "--weights"));
        Exception failure =
                assertThrows(MissingRequirementException.class, () -> cache.find(Path.of("fid"), "--weights"));
        assertTrue(failure.getMessage().contains("lesionforge weights fetch fid"), failure.getMessage());
        Files.createDirectories(cache.folder());
        Path cached = Files.writeString(cache.path(KnownWeights.FID), "changed");
        assertEquals(cached, cache.find(Path.of("fid"), "--weights"));
        assertThrows(UnusableInputException.class, () -> cache.open(Path.of("fid"), "--weights", BackboneZoo.STANDARD));
    }

    @Test
    void importsByChecksumAlone() throws IOException {
        Path wrong = Files.write(folder.resolve(KnownWeights.FID.file()), content);
        Exception failure = assertThrows(UnusableInputException.class, () -> cache.add(wrong));
        assertTrue(failure.getMessage().contains(Sha256.of(content)), failure.getMessage());
        assertFalse(cache.has(KnownWeights.FID));
    }

    /** A publisher that gives the first digits alone and no size: they are checked, and what is right already is not asked for again. */
    @Test
    void theFirstDigitsOfAChecksumAreChecked() throws IOException {
        String whole = Sha256.of(content);
        known = withDigits(whole.substring(0, 8));
        assertEquals("by the first 8 digits of its SHA-256, all that its publisher gives", known.check());
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
        assertFalse(fetch());
        Files.move(cache.path(known), part());
        assertTrue(fetch());
        assertArrayEquals(content, Files.readAllBytes(cache.path(known)));
        Files.delete(cache.path(known));
        known = withDigits(whole.startsWith("0000000") ? "11111111" : "00000000");
        assertUnavailable("expected " + known.sha256());
        assertFalse(cache.has(known));
    }

    private KnownWeights withDigits(String digits) {
        return new KnownWeights(
                "test",
                "inception-v3",
                "test",
                "test.pth",
                server.address(),
                0,
                digits,
                "tests",
                "none",
                Normalisation.SIGNED_UNIT,
                Optional.empty());
    }

    @Test
    void knownFilesCarryTheirChecksumsInTheirNames() {
        for (KnownWeights weights : KnownWeights.ALL) {
            assertTrue(weights.file().endsWith("-" + weights.sha256().substring(0, 8) + ".pth"), weights.file());
            assertTrue(weights.sha256().matches("[0-9a-f]{8}|[0-9a-f]{64}"));
            assertTrue(weights.matches((weights.sha256() + "0".repeat(56)).substring(0, 64)));
            assertFalse(weights.matches("f" + "0".repeat(63)));
            assertFalse(weights.matches(weights.sha256().substring(0, 8)));
            assertTrue(weights.address().getPath().endsWith("/" + weights.file()));
            assertEquals("https", weights.address().getScheme());
        }
        long names =
                KnownWeights.ALL.stream().map(KnownWeights::name).distinct().count();
        assertEquals(KnownWeights.ALL.size(), names);
    }

    private boolean fetch() throws IOException {
        return cache.fetch(known, new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {
                messages.add(text);
            }
        });
    }

    private void assertUnavailable(String why) {
        Exception failure = assertThrows(MissingRequirementException.class, this::fetch);
        for (String expected :
                List.of(why, "test.pth", known.address().toString(), "lesionforge weights import test.pth")) {
            assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        }
    }

    private Path part() {
        return cache.folder().resolve("test.pth.part");
    }
}
