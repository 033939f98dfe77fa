package org.lesionforge.isic;

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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionforge.StopAfter;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.http.RetryingClient;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/** Fetches from an archive on this machine that misbehaves as real ones do. */
@Timeout(120)
class FetchTest {
    private static final int IMAGES = 500;
    private static final RetryPolicy SHORT =
            new RetryPolicy(5, Duration.ofMillis(20), Duration.ofSeconds(3), Duration.ofSeconds(1));
    private static final IsicQuery ALL = new IsicQuery("", List.of());

    /** What a fetch without any fault makes. */
    @TempDir
    static Path reference;

    @TempDir
    Path folder;

    private StandInArchive archive;
    private Path out;

    @BeforeAll
    static void fetchReference() throws IOException {
        try (StandInArchive calm = new StandInArchive(IMAGES)) {
            fetch(calm, FetchOptions.of(ALL, reference));
        }
    }

    @BeforeEach
    void start() throws IOException {
        archive = new StandInArchive(IMAGES);
        out = folder.resolve("out");
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private FetchResult fetch(FetchOptions options) throws IOException {
        return fetch(archive, options);
    }

    private static FetchResult fetch(StandInArchive archive, FetchOptions options) throws IOException {
        return fetch(archive, options, Progress.SILENT);
    }

    private static FetchResult fetch(StandInArchive archive, FetchOptions options, Progress progress)
            throws IOException {
        RetryingClient client = new RetryingClient(HttpClient.newHttpClient(), SHORT, progress);
        return new Fetch(new Archive(archive.address(), client), options, question -> false, progress).run();
    }

    private FetchResult fetch() throws IOException {
        return fetch(FetchOptions.of(ALL, out));
    }

    /** Name and checksum of every file but the hidden ones. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                content.put(folder.relativize(file).toString(), Sha256.of(file));
            }
        }
        return content;
    }

    /** What a fetch without any fault would have made, worked out from the images themselves. */
    private Map<String, String> expectedImages() {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < IMAGES; i++) {
            expected.put("images/" + StandInArchive.id(i) + ".jpg", Sha256.of(archive.content(i)));
        }
        return expected;
    }

    private void assertComplete() throws IOException {
        Map<String, String> content = content(out);
        assertEquals(
                List.of(
                        "attribution.txt",
                        "licenses/CC-0.txt",
                        "licenses/CC-BY-NC.txt",
                        "licenses/CC-BY.txt",
                        "metadata.csv",
                        "query.json"),
                content.keySet().stream()
                        .filter(name -> !name.startsWith("images/"))
                        .toList());
        Map<String, String> expected = content(reference);
        // It names the address, whose port is another each time.
        expected.put("query.json", content.get("query.json"));
        assertEquals(expected, content);
        content.keySet().removeIf(name -> !name.startsWith("images/"));
        assertEquals(expectedImages(), content);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DOWN", "SOME_GONE"})
    void whateverTheArchiveDoesAllImagesArrive(Fault fault) throws IOException {
        archive.fault(fault);
        FetchResult result = fetch();
        assertEquals(IMAGES, result.images());
        assertEquals(IMAGES, result.downloaded());
        assertEquals(List.of(), result.missing());
        assertEquals(Map.of("unknown", 50L, "Benign", 250L, "Indeterminate", 50L, "Malignant", 150L), result.classes());
        assertEquals(Map.of("CC-0", 167L, "CC-BY", 167L, "CC-BY-NC", 166L), result.licences());
        assertComplete();
    }

    @Test
    void aSecondRunDownloadsOnlyWhatIsMissingOrDamaged() throws IOException {
        fetch();
        int before = archive.imageRequests();
        Files.delete(out.resolve("images/ISIC_0000007.jpg"));
        Files.write(out.resolve("images/ISIC_0000008.jpg"), new byte[archive.content(8).length]);
        Files.write(out.resolve("images/ISIC_0000009.jpg"), new byte[] {1}, StandardOpenOption.APPEND);
        assertEquals(3, fetch().downloaded());
        assertEquals(before + 3, archive.imageRequests());
        assertComplete();
    }

    @Test
    void aLineCutShortByACrashIsWrittenAgain() throws IOException {
        fetch();
        Path table = out.resolve("metadata.csv");
        byte[] whole = Files.readAllBytes(table);
        for (int cut : List.of(1, 30, 20_000, whole.length - 5)) {
            Files.write(table, Arrays.copyOf(whole, whole.length - cut));
            assertEquals(0, fetch().downloaded());
            assertArrayEquals(whole, Files.readAllBytes(table), "cut by " + cut);
        }
    }

    @Test
    void killedInTheMiddleItLosesNothingAndLeavesNothingDamaged() throws Exception {
        archive.latency(20);
        for (int images : List.of(1, 150, 300)) {
            Process process = FetchProcess.start(archive.address(), out, "64m");
            while (process.isAlive() && count() < images) {
                Thread.sleep(5);
            }
            assertTrue(process.isAlive(), () -> output(process));
            process.destroyForcibly().waitFor();
            Map<String, String> expected = expectedImages();
            Map<String, String> content = content(out);
            assertTrue(count() >= images && count() < IMAGES, count() + " images");
            content.forEach((name, sha256) ->
                    assertTrue(!name.startsWith("images/") || sha256.equals(expected.get(name)), name));
        }
        int kept = count();
        archive.latency(0);
        assertEquals(IMAGES - kept, fetch().downloaded());
        assertComplete();
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private int count() throws IOException {
        Path images = out.resolve("images");
        if (!Files.isDirectory(images)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(images)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith("ISIC"))
                    .count();
        }
    }

    @Test
    void aCancellationEndsItBetweenTwoImagesAndTheNextRunBringsTheRest() throws IOException {
        archive.latency(5);
        StopAfter stopper = new StopAfter("fetching images", 100);
        assertThrows(InterruptedRunException.class, () -> fetch(archive, FetchOptions.of(ALL, out), stopper));
        int kept = count();
        assertTrue(kept >= 50 && kept < 100 + 3 * FetchOptions.DEFAULT_PARALLEL, kept + " images");
        archive.latency(0);
        assertEquals(IMAGES - kept, fetch().downloaded());
        assertComplete();
    }

    @Test
    void whenTheArchiveGoesAwayItStopsAndGoesOnLater() throws Exception {
        archive.latency(10);
        Thread outage = new Thread(() -> {
            try {
                while (count() < 100) {
                    Thread.sleep(5);
                }
                archive.fault(Fault.DOWN);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        outage.start();
        Exception failure = assertThrows(MissingRequirementException.class, this::fetch);
        assertTrue(failure.getMessage().contains("503") && failure.getMessage().contains("kept"), failure.getMessage());
        outage.join();
        int kept = count();
        assertTrue(kept >= 100 && kept < IMAGES, kept + " images");
        archive.fault(Fault.NONE);
        assertEquals(IMAGES - kept, fetch().downloaded());
        assertComplete();
    }

    @Test
    void imagesThatCannotBeHadAreNamedAndTriedAgain() throws IOException {
        archive.fault(Fault.SOME_GONE);
        FetchResult result = fetch();
        assertEquals(5, result.missing().size());
        assertEquals(IMAGES - 5, result.here());
        assertEquals("ISIC_0000000", result.missing().get(4).id());
        assertTrue(result.missing().get(4).reason().contains("404"), result.toString());
        archive.fault(Fault.NONE);
        assertEquals(5, fetch().downloaded());
        assertComplete();
    }

    @Test
    void eightAtOnceAreAtLeastFiveTimesAsFastAsOne() throws IOException {
        archive.latency(50);
        double eight = Math.min(secondsOfEighty(8, "warming up"), secondsOfEighty(8, "eight"));
        double one = secondsOfEighty(1, "one");
        assertTrue(one / eight >= 5, one + " s one by one, " + eight + " s eight at once");
    }

    private double secondsOfEighty(int parallel, String name) throws IOException {
        long start = System.nanoTime();
        fetch(FetchOptions.of(ALL, folder.resolve(name))
                .with()
                .limit(80)
                .parallel(parallel)
                .build());
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void limitsAreKeptOverSeveralRuns() throws IOException {
        FetchOptions some = FetchOptions.of(ALL, out)
                .with()
                .limit(130)
                .thumbnails(true)
                .parallel(4)
                .build();
        assertEquals(130, fetch(some).images());
        assertEquals(0, fetch(some).downloaded());
        assertEquals(130, count());
    }

    @Test
    void soManyOfEachClass() throws IOException {
        FetchOptions some = FetchOptions.of(new IsicQuery("image_type:dermoscopic", List.of()), out)
                .with()
                .perClass(40)
                .build();
        assertEquals(Map.of("Benign", 40L, "Malignant", 40L), fetch(some).classes());
        assertEquals(0, fetch(some).downloaded());
    }

    @Test
    void onlyLicencesThatAreWanted() throws IOException {
        FetchOptions free = FetchOptions.of(ALL, out)
                .with()
                .limit(20)
                .licences(List.of("cc-0", "CC-BY"))
                .build();
        assertEquals(Map.of("CC-0", 10L, "CC-BY", 10L), fetch(free).licences());
        assertFalse(Files.exists(out.resolve("licenses/CC-BY-NC.txt")));
        assertThrows(
                IllegalArgumentException.class,
                () -> FetchOptions.of(ALL, out).with().licences(List.of("GPL")).build());
    }

    @Test
    void noMoreBytesThanWanted() throws IOException {
        FetchResult result =
                fetch(FetchOptions.of(ALL, out).with().maxBytes(50_000).build());
        assertTrue(result.bytes() <= 50_000 && result.bytes() > 50_000 - 5_000, result.toString());
    }

    @Test
    void aDownloadThatDoesNotFitIsNotBegunUnasked() throws IOException {
        archive.listedBytes(1L << 50);
        Exception failure = assertThrows(MissingRequirementException.class, this::fetch);
        assertTrue(failure.getMessage().contains("GB left; make room"), failure.getMessage());
        assertEquals(0, archive.imageRequests());
    }

    @Test
    void aBadQueryIsRefusedInTheArchivesWords() {
        Exception failure = assertThrows(
                UnusableInputException.class,
                () -> fetch(FetchOptions.of(new IsicQuery("diagnosis_1 is Malignant", List.of()), out)));
        assertTrue(failure.getMessage().contains("Could not parse search query."), failure.getMessage());
        assertFalse(Files.exists(out));
    }

    @Test
    void aFolderOfAnotherQueryIsNotTouched() throws IOException {
        fetch(FetchOptions.of(ALL, out).with().limit(3).build());
        Map<String, String> before = content(out);
        Exception failure = assertThrows(UnusableInputException.class, this::fetch);
        assertTrue(failure.getMessage().contains("another query"), failure.getMessage());
        assertEquals(before, content(out));
        Path other = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(other.resolve("mine.txt"), "mine");
        assertThrows(UnusableInputException.class, () -> fetch(FetchOptions.of(ALL, other)));
    }

    @Test
    void theTableHasTheArchivesFields() throws IOException {
        fetch(FetchOptions.of(new IsicQuery("isic_id:ISIC_0000450", List.of()), out));
        List<String> lines = Files.readAllLines(out.resolve("metadata.csv"));
        assertTrue(
                lines.get(0).startsWith("isic_id,path,file_bytes,copyright_license,attribution,diagnosis_1,"),
                lines.get(0));
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(1)
                        .startsWith("ISIC_0000450,images/ISIC_0000450.jpg," + archive.content(450).length
                                + ",CC-0,Hospital 2,Benign,"),
                lines.get(1));
        assertTrue(
                lines.get(1).endsWith("\"{\"\"new_field\"\":\"\"said \\\"\"so\\\"\",\\nlately\"\"}\""), lines.get(1));
    }
}
