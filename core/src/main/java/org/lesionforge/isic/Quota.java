package org.lesionforge.isic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lesionforge.isic.FetchOptions.Strand;

/** What is still wanted of one listing, after the images of earlier runs. */
final class Quota {
    private final Strand strand;
    private final FetchOptions options;
    private long images;
    private long bytes;
    /** Images taken by an earlier run that have not been listed in this one yet. */
    private long awaited;

    private boolean full;

    private Quota(Strand strand, FetchOptions options) {
        this.strand = strand;
        this.options = options;
    }

    /** One quota for each listing. */
    static List<Quota> of(FetchOptions options, ImageTable table) throws IOException {
        List<Quota> quotas = new ArrayList<>();
        for (Strand strand : options.strands()) {
            quotas.add(new Quota(strand, options));
        }
        table.forEach(row -> quotas.stream()
                .filter(quota -> quota.strand.value().isEmpty()
                        || row.getField(options.classField()).equals(quota.strand.value()))
                .findFirst()
                .ifPresent(quota -> {
                    quota.take(Long.parseLong(row.getField(ImageTable.BYTES)));
                    quota.awaited++;
                }));
        return quotas;
    }

    Strand strand() {
        return strand;
    }

    /** Number of images that will be taken when the listing has {@code listed}. */
    long expected(long listed) {
        return strand.images() == 0 ? listed : Math.min(listed, strand.images());
    }

    /** Records that an image taken by an earlier run is listed again. */
    void found() {
        awaited--;
    }

    /** Takes a new image, if it is wanted. */
    boolean admits(ArchiveImage image) {
        if (!options.licences().isEmpty() && !options.licences().contains(image.licence())) {
            return false;
        }
        long size = image.file(options.thumbnails())
                .map(ArchiveImage.RemoteFile::bytes)
                .orElse(0L);
        // The first image that exceeds the limit ends the fetch; otherwise small images would be preferred.
        full |= strand.bytes() > 0 && bytes + size > strand.bytes();
        if (full || isSated()) {
            return false;
        }
        take(size);
        return true;
    }

    private void take(long size) {
        images++;
        bytes += size;
    }

    private boolean isSated() {
        return strand.images() > 0 && images >= strand.images();
    }

    /** Whether the rest of the listing is not needed. */
    boolean isDone() {
        return (full || isSated()) && awaited <= 0;
    }
}
