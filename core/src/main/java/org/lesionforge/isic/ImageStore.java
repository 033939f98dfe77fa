package org.lesionforge.isic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.lesionforge.http.MismatchException;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.http.UnavailableException;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.isic.ArchiveImage.RemoteFile;

/**
 * The folder {@code images}. A file gets its final name only when it has the size that the archive states and can be
 * decoded; until then it is {@code .ISIC_0000000.jpg.part}. Safe to use from several threads for different images.
 */
final class ImageStore {
    private static final String PART = ".part";

    private final Path folder;
    private final Archive archive;
    private final boolean thumbnails;
    /** A decoded photograph may take 100 MB and more. */
    private final Semaphore decoders =
            new Semaphore(Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2)));

    /** @param folder of the fetch */
    ImageStore(Path folder, Archive archive, boolean thumbnails) throws IOException {
        this.folder = folder;
        this.archive = archive;
        this.thumbnails = thumbnails;
        Path images = folder.resolve("images");
        OutputFolder.create(images);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(images, ".*" + PART)) {
            for (Path part : parts) {
                // It is unknown whether the data of a killed process reached the disk.
                Files.delete(part);
            }
        }
    }

    /** Path of an image inside the folder of the fetch. */
    static String path(String id) {
        return "images/" + id + ".jpg";
    }

    private RemoteFile file(ArchiveImage image) throws UnexpectedAnswerException {
        return image.file(thumbnails)
                .orElseThrow(() -> new UnexpectedAnswerException("the archive names no "
                        + (thumbnails ? "thumbnail" : "file") + " of it with an https address and a size"));
    }

    /**
     * Ensures that an image is there, whole and readable.
     *
     * @return whether it had to be downloaded
     * @throws UnavailableException when it cannot be downloaded
     * @throws UnexpectedAnswerException when the archive gives no address for it
     * @throws IOException when it cannot be written
     */
    boolean bring(ArchiveImage image) throws IOException {
        Path target = OutputFolder.inside(folder, path(image.id()));
        RemoteFile file = file(image);
        if (Files.exists(target) && problem(target, file).isEmpty()) {
            return false;
        }
        Path part = target.resolveSibling("." + target.getFileName() + PART);
        RetryPolicy patience = archive.client().patience();
        for (int attempt = 1; ; attempt++) {
            Optional<String> problem = download(image, part);
            if (problem.isEmpty()) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return true;
            }
            Files.deleteIfExists(part);
            if (attempt == patience.tries()) {
                throw new UnavailableException("what the archive sends is not that image: " + problem.get());
            }
            RetryPolicy.pause(patience.pauseAfter(attempt));
        }
    }

    /** @return what is wrong with the downloaded file */
    private Optional<String> download(ArchiveImage image, Path part) throws IOException {
        try {
            downloadRenewing(image, part);
            return problem(part, file(image));
        } catch (MismatchException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** An image's address expires, so it is requested again. */
    private void downloadRenewing(ArchiveImage image, Path part) throws IOException {
        try {
            download(file(image), part);
        } catch (UnavailableException e) {
            if (e.status() != 403) {
                throw e;
            }
            download(file(archive.image(image.id())), part);
        }
    }

    private void download(RemoteFile file, Path part) throws IOException {
        archive.client().download(file.address(), file.bytes(), part, received -> {}, (from, to) -> archive.origin()
                .mayServeFiles(to));
    }

    private Optional<String> problem(Path path, RemoteFile file) throws IOException {
        long bytes = Files.size(path);
        if (bytes != file.bytes()) {
            return Optional.of("it has " + bytes + " bytes, listed are " + file.bytes());
        }
        decoders.acquireUninterruptibly();
        try {
            ImageDecoder.read(path);
            return Optional.empty();
        } catch (UnreadableImageException e) {
            return Optional.of(e.getMessage());
        } finally {
            decoders.release();
        }
    }
}
