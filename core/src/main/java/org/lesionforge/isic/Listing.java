package org.lesionforge.isic;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lesionforge.io.MissingRequirementException;

/** All results of a query, page by page, each image once even if pages repeat it. */
final class Listing {
    /** Consecutive pages without a new image after which the listing is taken to be endless. */
    private static final int MOST_STALE_PAGES = 10;

    private final Archive archive;
    private final IsicQuery query;
    private final IdSet seen = new IdSet();
    private OptionalLong count = OptionalLong.empty();
    private Optional<Page> first = Optional.empty();
    private Optional<URI> next = Optional.empty();
    private boolean started;
    private int stale;

    Listing(Archive archive, IsicQuery query) {
        this.archive = archive;
        this.query = query;
    }

    /** Requests the first page, which shows whether the query is valid and how many images it finds. */
    Page peek() throws IOException {
        if (first.isEmpty()) {
            first = Optional.of(archive.search(query, Archive.PAGE));
            count = first.get().count();
        }
        return first.get();
    }

    /** The images of the next page; empty after the last. */
    Optional<List<ArchiveImage>> nextPage() throws IOException {
        if (started && next.isEmpty()) {
            return Optional.empty();
        }
        Page page = started ? archive.page(next.get(), query) : peek();
        started = true;
        next = page.next();
        List<ArchiveImage> images =
                page.images().stream().filter(image -> seen.add(image.number())).toList();
        stale = images.isEmpty() ? stale + 1 : 0;
        if (stale > MOST_STALE_PAGES) {
            if (count.isPresent() && seen.size() >= count.getAsLong()) {
                return Optional.empty();
            }
            throw new MissingRequirementException("the ISIC Archive's listing of " + query
                    + " repeats itself after " + seen.size() + " of "
                    + (count.isPresent() ? count.getAsLong() : "an unknown number of")
                    + " images; what was fetched is kept");
        }
        return Optional.of(images);
    }

    /** Total number of images, as given by the first page. */
    OptionalLong count() {
        return count;
    }
}
