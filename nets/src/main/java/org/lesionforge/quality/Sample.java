package org.lesionforge.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;

/**
 * Feature vectors of some images, and what keeps them from being independent.
 *
 * @param features n × d
 * @param groups n names: of the lesion or patient; the image's own where none is known
 */
record Sample(Features features, List<String> groups) {
    int size() {
        return groups.size();
    }

    int groupCount() {
        return Set.copyOf(groups).size();
    }

    /** The images of these indices, in their order, held in memory. */
    Sample chosen(int[] images) {
        int d = features.dimensions();
        float[] values = new float[Math.multiplyExact(images.length, d)];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            features.read(images[i], values, i * d);
            names.add(groups.get(images[i]));
        }
        return new Sample(new FeatureArray(images.length, d, values), names);
    }

    /** One image of each group, the first of it, and at most so many. */
    Sample onePerGroup(int most) {
        Set<String> known = new LinkedHashSet<>();
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < size() && first.size() < most; i++) {
            if (known.add(groups.get(i))) {
                first.add(i);
            }
        }
        return chosen(first.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Two halves of whole groups, dealt out in a random order, each to the half with fewer images. */
    List<Sample> halves(Seed seed) {
        Map<String, List<Integer>> members = new HashMap<>();
        List<String> names = List.copyOf(new LinkedHashSet<>(groups));
        for (int i = 0; i < size(); i++) {
            members.computeIfAbsent(groups.get(i), unused -> new ArrayList<>()).add(i);
        }
        List<Integer> one = new ArrayList<>();
        List<Integer> other = new ArrayList<>();
        for (int index : seed.permutation(names.size())) {
            (one.size() <= other.size() ? one : other).addAll(members.getOrDefault(names.get(index), List.of()));
        }
        return List.of(
                chosen(one.stream().mapToInt(Integer::intValue).toArray()),
                chosen(other.stream().mapToInt(Integer::intValue).toArray()));
    }
}
