package org.lesionforge.isic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.http.RetryingClient;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;

/** An archive that sends what the real one would not. */
class HostileArchiveTest {
    private static final int IMAGES = 12;

    @TempDir
    private Path folder;

    private StandInArchive archive;

    @BeforeEach
    void start() throws IOException {
        archive = new StandInArchive(IMAGES);
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private FetchResult fetch(boolean thumbnails) throws IOException {
        RetryingClient client = new RetryingClient(
                HttpClient.newHttpClient(),
                new RetryPolicy(2, Duration.ofMillis(10), Duration.ofSeconds(2), Duration.ofSeconds(5)),
                Progress.SILENT);
        FetchOptions options = FetchOptions.of(new IsicQuery("", List.of()), folder.resolve("out"))
                .with()
                .thumbnails(thumbnails)
                .parallel(2)
                .build();
        return new Fetch(new Archive(archive.address(), client), options, question -> false, Progress.SILENT).run();
    }

    private String refusal() {
        String message = assertThrows(MissingRequirementException.class, () -> fetch(false))
                .getMessage();
        assertFalse(message.contains("again"), message);
        assertTrue(message.chars().noneMatch(c -> c < ' ' || c == 0xFFFD), message);
        assertTrue(message.length() < 600, message);
        return message;
    }

    @Test
    void theNextPageIsOnTheSameServer() throws IOException {
        try (StandInArchive other = new StandInArchive(IMAGES)) {
            archive.changes(page -> page.put("next", other.address() + "/images/search/?cursor=a"));
            assertTrue(refusal().contains("not on the archive's own server"));
            archive.changes(page -> page.put("next", "file:///etc/passwd"));
            assertTrue(refusal().contains("file:///etc/passwd"));
            archive.changes(page -> page.put("next", 7));
            assertTrue(refusal().contains("'next'"));
            archive.redirects(other.address() + "/images/search/");
            assertTrue(refusal().contains("redirects to another address"));
            assertEquals(0, other.requests());
        }
    }

    @Test
    void aNextPageThatIsTheSameAgainEnds() throws IOException {
        archive.changes(page -> page.put("next", archive.address() + "/images/search/?query=&limit=100"));
        // All that the archive counts is there, so nothing is missing.
        assertEquals(IMAGES, fetch(false).here());
        archive.changes(
                page -> page.put("count", 1000).put("next", archive.address() + "/images/search/?query=&limit=100"));
        assertTrue(refusal().contains("repeats itself after 12 of 1000 images"));
    }

    private static ObjectNode file(ObjectNode page, int image, String kind) {
        return (ObjectNode) page.at("/results/" + image + "/files/" + kind);
    }

    @Test
    void anImageWithoutAFileIsOneMissingImage() throws IOException {
        archive.changes(page -> {
            file(page, 0, "full").remove("size");
            file(page, 1, "full").putNull("url");
            file(page, 2, "full").put("url", "file:///etc/hostname");
            file(page, 3, "full").put("url", "http://169.254.169.254/latest");
            file(page, 4, "full").put("url", "https://localhost/x.jpg");
            file(page, 5, "full").put("size", -1);
            ((ObjectNode) page.at("/results/6/files")).remove("thumbnail_256");
        });
        FetchResult result = fetch(false);
        assertEquals(IMAGES, result.images());
        assertEquals(IMAGES - 6, result.here());
        assertEquals(
                List.of("ISIC_0000011", "ISIC_0000010", "ISIC_0000009", "ISIC_0000008", "ISIC_0000007", "ISIC_0000006"),
                result.missing().stream().map(FetchResult.Missing::id).toList());
        for (FetchResult.Missing missing : result.missing()) {
            assertTrue(missing.reason().contains("names no file of it"), missing.toString());
            assertFalse(missing.reason().contains("another run"), missing.toString());
        }
    }

    @Test
    void anImageWithoutAThumbnailIsOneMissingThumbnail() throws IOException {
        archive.changes(page -> ((ObjectNode) page.at("/results/6/files")).remove("thumbnail_256"));
        FetchResult result = fetch(true);
        assertEquals(IMAGES - 1, result.here());
        assertEquals("ISIC_0000005", result.missing().get(0).id());
        assertTrue(result.missing().get(0).reason().contains("names no thumbnail of it"), result.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "ISIC_0000001/../../x", "ISIC_", "", "ISIC_00000010000", "\u001b[31mISIC_0000001"})
    void anIdIsNoPath(String id) throws IOException {
        archive.changes(page -> ((ObjectNode) page.at("/results/0")).put("isic_id", id));
        assertTrue(refusal().contains("isic_id"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aListingWithoutItsKeysIsNamed() {
        archive.changes(page -> page.remove("results"));
        assertTrue(refusal().contains("'results'"));
        archive.changes(page -> page.putNull("results"));
        assertTrue(refusal().contains(archive.address()));
        archive.changes(page -> page.put("count", "many"));
        assertTrue(refusal().contains("'count'"));
    }

    @Test
    void nothingOfABinaryAnswerIsShown() {
        archive.sends(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 27, '[', '3', '1', 'm'});
        refusal();
        archive.sends("<html>\u001b[31m</html>".getBytes(StandardCharsets.UTF_8));
        refusal();
        archive.sends("[1]".getBytes(StandardCharsets.UTF_8));
        refusal();
    }
}
