package org.lesionforge.isic;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.isic.FetchOptions.Strand;

/**
 * Fetches what a query finds into a folder: {@code query.json}, {@code metadata.csv}, {@code images/}, {@code attribution.txt},
 * {@code licenses/}.
 *
 * <p>The listing is read page by page; a page's lines are on disk before its images are fetched. A run on an unfinished
 * folder reads the listing again, checks the files there and fetches what is missing.
 */
public final class Fetch {
    private static final String TASK = "fetching images";

    private final Archive archive;
    private final FetchOptions options;
    private final Consent consent;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();
    private long expected;

    /**
     * Nothing is requested and no folder is made before {@link #run}.
     *
     * @param archive where the images are
     * @param options what to fetch, and into which folder
     * @param consent asked before a download that would not fit on the disk
     * @param progress advances by image, and receives every failure that is waited out
     */
    public Fetch(Archive archive, FetchOptions options, Consent consent, Progress progress) {
        this.archive = archive;
        this.options = options;
        this.consent = consent;
        this.progress = progress;
    }

    /**
     * Fetches all wanted images, or resumes an earlier fetch.
     *
     * @return the images there now, and those that could not be downloaded
     * @throws UnusableInputException when the archive rejects the query, or the folder holds something else
     * @throws MissingRequirementException when the archive or the disk fails; what was fetched is kept
     * @throws IOException when a file cannot be written
     */
    public FetchResult run() throws IOException {
        FetchQuery query = FetchQuery.of(archive, options);
        query.requireFits(options.out());
        // Before the folder is made, so that a wrong query, or no network, leaves nothing behind.
        List<Listing> listings = new ArrayList<>();
        for (Strand strand : options.strands()) {
            listings.add(new Listing(archive, strand.query()));
            listings.get(listings.size() - 1).peek();
        }
        OutputFolder.create(options.out());
        query.write(options.out());
        try (FolderLock lock = FolderLock.hold(options.out(), "fetching into")) {
            return lock.run(() -> fetch(listings));
        }
    }

    private FetchResult fetch(List<Listing> listings) throws IOException {
        ImageTable table = ImageTable.open(options.out().resolve("metadata.csv"), options.thumbnails());
        List<Quota> quotas = Quota.of(options, table);
        ImageStore store = new ImageStore(options.out(), archive, options.thumbnails());
        try (ParallelDownloads downloads = new ParallelDownloads(options.parallel(), store::bring, this::advance)) {
            for (int i = 0; i < quotas.size(); i++) {
                walk(listings.get(i), quotas.get(i), table, downloads);
            }
            downloads.finish();
            Inventory inventory = Inventory.take(options.out(), table, downloads.failures());
            inventory.writeLicences();
            return inventory.result(downloads.downloaded());
        }
    }

    private void walk(Listing listing, Quota quota, ImageTable table, ParallelDownloads downloads) throws IOException {
        boolean first = true;
        while (!quota.isDone()) {
            Optional<List<ArchiveImage>> page = listing.nextPage();
            if (page.isEmpty()) {
                return;
            }
            if (first) {
                estimate(listing, quota, page.get());
                first = false;
            }
            List<ArchiveImage> wanted = new ArrayList<>();
            List<ArchiveImage> fresh = new ArrayList<>();
            for (ArchiveImage image : page.get()) {
                if (table.contains(image)) {
                    quota.found();
                    wanted.add(image);
                } else if (quota.admits(image)) {
                    wanted.add(image);
                    fresh.add(image);
                }
            }
            table.append(fresh);
            for (ArchiveImage image : wanted) {
                progress.cancellation().throwIfRequested(TASK, done.get(), total());
                downloads.add(image);
            }
        }
    }

    /** Estimates the size of a listing from its first page, and asks for consent if it does not fit on the disk. */
    private void estimate(Listing listing, Quota quota, List<ArchiveImage> page) throws IOException {
        long images = quota.expected(listing.count().orElse(page.size()));
        expected += images;
        double mean = page.stream()
                .flatMap(image -> image.file(options.thumbnails()).stream())
                .mapToLong(ArchiveImage.RemoteFile::bytes)
                .average()
                .orElse(0);
        long bytes = (long) (mean * images);
        if (quota.strand().bytes() > 0) {
            bytes = Math.min(bytes, quota.strand().bytes());
        }
        long free = Files.getFileStore(options.out()).getUsableSpace();
        String sizes = String.format(
                Locale.ROOT,
                "%s: %,d images, about %s, and the disk of %s has %s left",
                quota.strand().query(),
                images,
                size(bytes),
                options.out(),
                size(free));
        progress.message(sizes);
        if (bytes > free && !consent.isGiven(sizes + "; start anyway?")) {
            throw new MissingRequirementException(
                    sizes
                            + "; make room, or fetch less: --limit, --per-class, --max-bytes, --thumbnails. --yes starts anyway");
        }
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, bytes < 1e9 ? "%.1f MB" : "%.1f GB", bytes / (bytes < 1e9 ? 1e6 : 1e9));
    }

    private void advance() {
        progress.advance(TASK, done.incrementAndGet(), total(), "");
    }

    private long total() {
        return Math.max(done.get(), expected);
    }
}
