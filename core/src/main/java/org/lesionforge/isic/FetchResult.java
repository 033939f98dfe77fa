package org.lesionforge.isic;

import java.util.List;
import java.util.Map;

/**
 * What is in the folder after a fetch; the JSON of {@code isic fetch}.
 *
 * @param out the folder
 * @param images that are listed in {@code metadata.csv}
 * @param here how many of them are there, whole and readable
 * @param bytes total size of the listed images
 * @param downloaded by this run; the others were there already
 * @param missing the first hundred listed images that could not be downloaded; a second run tries them again
 * @param classes images by {@code diagnosis_1}; those without are under {@code unknown}
 * @param licences images by licence
 */
public record FetchResult(
        String out,
        long images,
        long here,
        long bytes,
        int downloaded,
        List<Missing> missing,
        Map<String, Long> classes,
        Map<String, Long> licences) {

    /** An image that is missing. */
    public record Missing(String id, String reason) {}
}
