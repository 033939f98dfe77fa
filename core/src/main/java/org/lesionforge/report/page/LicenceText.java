package org.lesionforge.report.page;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Under which licences images are, and what that means for what is made of them.
 *
 * @param images how many there are under each; empty when nothing is known
 */
record LicenceText(Map<String, Long> images) {
    void write(Page page, String what) {
        if (images.isEmpty()) {
            return;
        }
        page.paragraph(images.entrySet().stream()
                .map(licence -> licence.getKey() + " (" + licence.getValue() + ")")
                .collect(Collectors.joining(", ", what + ": ", ".")));
        long nonCommercial = images.entrySet().stream()
                .filter(licence -> licence.getKey().contains("NC"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (nonCommercial > 0) {
            page.paragraph(
                    "Not for commercial use: " + nonCommercial + " of the images are under a non-commercial licence "
                            + "(NC). Nets trained on them and synthetic images made from them may fall under the same terms.");
        }
    }
}
