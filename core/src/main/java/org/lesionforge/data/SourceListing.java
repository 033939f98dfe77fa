package org.lesionforge.data;

import java.util.List;

/**
 * What a source offers.
 *
 * @param images sorted by id, so that nothing depends on the order of folders or lines
 * @param extraColumns names of {@link SourceImage#extra}
 * @param skipped what the source names and cannot offer
 * @param otherFiles how many files it has that are nothing of the kind
 * @param notes what was recognised, for people
 */
record SourceListing(
        List<SourceImage> images,
        List<String> extraColumns,
        List<SkippedFile> skipped,
        int otherFiles,
        List<String> notes) {}
