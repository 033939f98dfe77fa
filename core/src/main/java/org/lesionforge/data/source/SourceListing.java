package org.lesionforge.data.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lesionforge.data.SkippedFile;

/**
 * What a source offers.
 *
 * @param images sorted by id, so that nothing depends on the order of folders or lines
 * @param extraColumns names of {@link SourceImage#extra}
 * @param skipped what the source names and cannot offer
 * @param otherFiles how many files it has that are nothing of the kind
 * @param missing for how many of its images a column of labels or groups says nothing, by column
 * @param partWords the words it uses for parts, as it spells them
 * @param notes what was recognised, for people
 */
public record SourceListing(
        List<SourceImage> images,
        List<String> extraColumns,
        List<SkippedFile> skipped,
        int otherFiles,
        Map<String, Integer> missing,
        Set<String> partWords,
        List<String> notes) {

    /** {@return the number of images by label} */
    public Map<String, Integer> labels() {
        Map<String, Integer> counts = new TreeMap<>();
        images.forEach(image -> counts.merge(image.label(), 1, Integer::sum));
        return counts;
    }
}
