package org.lesionforge.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Part;
import org.lesionforge.metric.statistics.Interval;

/**
 * Numbers of images by part and class.
 *
 * @param parts images by part and class
 * @param groups groups (lesions, patients) by class
 * @param ratio images of the largest class for one of the smallest
 */
public record ClassBalance(Map<String, Map<String, Integer>> parts, Map<String, Integer> groups, double ratio) {
    private static final double SEVERE_RATIO = 10;

    static ClassBalance of(Dataset dataset) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        Map<String, Integer> images = new LinkedHashMap<>();
        dataset.classes().forEach(name -> groups.put(name, new HashSet<>()));
        dataset.images().forEach(image -> {
            String name = dataset.classes().get(image.label());
            Objects.requireNonNull(groups.get(name)).add(image.group());
            images.merge(name, 1, Integer::sum);
        });
        Map<String, Integer> groupCounts = new LinkedHashMap<>();
        groups.forEach((name, of) -> groupCounts.put(name, of.size()));
        double largest = images.values().stream().max(Comparator.naturalOrder()).orElse(0);
        double smallest =
                images.values().stream().min(Comparator.naturalOrder()).orElse(0);
        return new ClassBalance(dataset.counts(), groupCounts, largest / smallest);
    }

    Stream<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String text = String.format(
                Locale.ROOT,
                "the largest class has %.1f images for one of the smallest: accuracy alone would reward a classifier for "
                        + "never naming the smallest",
                ratio);
        findings.add(ratio >= SEVERE_RATIO ? Finding.warning(text) : Finding.note(text));
        Objects.requireNonNull(parts.get(Part.TEST.word())).entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .filter(least -> least.getValue() > 0)
                .ifPresent(least -> findings.add(Finding.note(recall(least.getKey(), least.getValue()))));
        return findings.stream();
    }

    private static String recall(String name, int count) {
        Interval half = Interval.wilson(count / 2, count);
        return String.format(
                Locale.ROOT,
                "the test part has %d images of '%s': a recall near one half is known to ±%.0f percentage points",
                count,
                name,
                50 * (half.high() - half.low()));
    }
}
