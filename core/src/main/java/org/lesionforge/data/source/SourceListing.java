package org.lesionforge.data.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lesionforge.data.SkippedFile;

/**
 * The content of a source.
 *
 * @param images sorted by id, independently of the order of folders or lines
 * @param extraColumns names of {@link SourceImage#extra}
 * @param skipped listed images that are missing or unusable
 * @param otherFiles number of files that are not images
 * @param missing number of images without a value in a column of labels or groups, by column
 * @param partWords its words for parts, as spelt there
 * @param notes on what was recognised, for the user
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
