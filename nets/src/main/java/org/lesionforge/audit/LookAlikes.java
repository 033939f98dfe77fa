package org.lesionforge.audit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.Dataset;

/**
 * Images with similar features that are not copies: perhaps one lesion photographed twice. For inspection only, since
 * different lesions can be as similar.
 *
 * @param network whose features were compared; null without one, and then there are no pairs
 * @param pairs worst first
 */
public record LookAlikes(@Nullable String network, List<ImagePair> pairs) {
    /** Cosine of features without their mean. */
    static final double LEAST_COSINE = 0.85;

    static LookAlikes of(Dataset dataset, @Nullable String network, Cosines cosines, DuplicatePairs copies) {
        Set<Set<String>> known = new HashSet<>();
        copies.pairs().forEach(pair -> known.add(Set.of(pair.a(), pair.b())));
        AuditedImages images = new AuditedImages(dataset, 1);
        List<ImagePair> pairs = Arrays.stream(cosines.pairs(LEAST_COSINE))
                .map(pair -> ImagePair.of(images, pair[0], pair[1], null, null, cosines.of(pair[0], pair[1])))
                .filter(pair -> !known.contains(Set.of(pair.a(), pair.b())))
                .sorted(ImagePair.WORST_FIRST)
                .toList();
        return new LookAlikes(network, pairs);
    }

    Stream<Finding> findings() {
        return pairs.stream()
                .filter(ImagePair::acrossParts)
                .findFirst()
                .map(worst -> Finding.warning(
                        pairs.stream().filter(ImagePair::acrossParts).count()
                                + " pairs in different parts look alike to " + network
                                + " and may be one lesion photographed twice; look at them: " + worst.text()))
                .stream();
    }
}
