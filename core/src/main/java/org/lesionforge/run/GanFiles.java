package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.RunLayout.GanLayout;

/**
 * What the training of a GAN left so far. A file that is not there yet has nothing in it; one that cannot be read is an error that names it.
 *
 * @param split which of the run's splits it was trained on, for people; empty where there is one alone
 */
public record GanFiles(GanLayout layout, String split) {
    /** Whether there is any. */
    public boolean isThere() {
        return Files.isDirectory(layout.folder());
    }

    public List<GanIteration> statistics() {
        return lines(layout.statistics(), GanIteration.class);
    }

    /** Every snapshot that was measured. */
    public List<MeasuredSnapshot> metrics() {
        return MeasuredSnapshot.read(layout.metrics());
    }

    public List<Alarm> alarms() {
        return lines(layout.alarms(), Alarm.class);
    }

    private static <T> List<T> lines(Path file, Class<T> type) {
        return JsonObject.readLines(file).stream().map(line -> line.as(type)).toList();
    }

    /** The snapshot that was chosen; empty before training has ended. */
    public Optional<BestSnapshot> best() {
        return Optional.of(layout.best()).filter(Files::exists).map(BestSnapshot::read);
    }

    /** How many of the images that the generator has seen are under each licence; empty where nothing is known. */
    public Map<String, Long> licences() {
        Map<String, Long> images = new LinkedHashMap<>();
        if (Files.exists(layout.licences())) {
            Json.read(layout.licences(), Licences.class)
                    .attributions()
                    .forEach((licence, owners) -> images.put(
                            licence,
                            owners.values().stream()
                                    .mapToLong(Integer::longValue)
                                    .sum()));
        }
        return images;
    }

    /** Images by licence and owner. */
    private record Licences(Map<String, Map<String, Integer>> attributions) {}

    static List<Path> children(Path folder) {
        return Files.isDirectory(folder) ? FileTree.children(folder, child -> true) : List.of();
    }

    /** A grid of images made from fixed latents after an epoch. */
    public record SampleGrid(int epoch, Path file) {}

    /** By epoch. */
    public List<SampleGrid> samples() {
        List<SampleGrid> grids = new ArrayList<>();
        for (Path file : children(layout.samples())) {
            String name = file.getFileName().toString();
            if (name.matches("epoch-\\d{1,9}\\.png")) {
                grids.add(new SampleGrid(Integer.parseInt(name.substring(6, name.length() - 4)), file));
            }
        }
        grids.sort(Comparator.comparingInt(SampleGrid::epoch));
        return grids;
    }
}
