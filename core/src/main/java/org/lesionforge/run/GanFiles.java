package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.run.arm.ArmSource;

/**
 * What the training of a GAN left so far. A file that is not there yet has nothing in it; one that cannot be read is an
 * error that names it.
 *
 * @param layout where its files are
 * @param family of the generator
 * @param split which of the run's splits it was trained on, for people; empty where there is one alone
 */
public record GanFiles(GanLayout layout, String family, String split) {
    /** What a generator is called in tables whose files say nothing of it: there was one family alone when they were written. */
    private static final String OLD_TITLE = "DCGAN";

    /**
     * What a reader asks of {@code config.json}.
     *
     * @param family of the generator; empty where version 0.1 wrote it
     * @param title of the family, for people
     */
    private record Config(@OptionalKey Optional<String> family, @OptionalKey Optional<String> title) {
        static Optional<Config> of(GanLayout layout) {
            return Optional.of(layout.config()).filter(Files::exists).map(file -> Json.read(file, Config.class));
        }
    }

    /**
     * {@return what the training of a generator left that is a run by itself}
     *
     * @param folder of the run
     * @throws org.lesionforge.io.UnusableInputException when {@code config.json} is damaged
     */
    public static GanFiles of(Path folder) {
        GanLayout layout = new GanLayout(folder);
        return new GanFiles(layout, Config.of(layout).flatMap(Config::family).orElse(ArmSource.OLD_FAMILY), "");
    }

    /**
     * {@return what its family is called in tables}
     *
     * @throws org.lesionforge.io.UnusableInputException when {@code config.json} is damaged
     */
    public String title() {
        return Config.of(layout).flatMap(Config::title).orElse(OLD_TITLE);
    }

    /**
     * {@return every iteration so far, in order}
     *
     * @throws org.lesionforge.io.UnusableInputException when the file is damaged, naming the line and the key
     */
    public List<GanIteration> statistics() {
        return JsonObject.readLines(layout.statistics()).stream()
                .map(GanIteration::of)
                .toList();
    }

    /**
     * {@return every snapshot that was measured, in order}
     *
     * @throws org.lesionforge.io.UnusableInputException when the file is damaged, naming the line and the key
     */
    public List<MeasuredSnapshot> metrics() {
        return MeasuredSnapshot.read(layout.metrics());
    }

    /**
     * {@return the alarms raised so far, in order}
     *
     * @throws org.lesionforge.io.UnusableInputException when the file is damaged, naming the line and the key
     */
    public List<Alarm> alarms() {
        return JsonObject.readLines(layout.alarms()).stream()
                .map(line -> line.as(Alarm.class))
                .toList();
    }

    /**
     * {@return the snapshot that was chosen; empty before training has ended}
     *
     * @throws org.lesionforge.io.UnusableInputException when the file is damaged, naming the key
     */
    public Optional<BestSnapshot> best() {
        return Optional.of(layout.best()).filter(Files::exists).map(BestSnapshot::read);
    }

    /**
     * {@return how many of the images that the generator has seen are under each licence; empty where nothing is known}
     *
     * @throws org.lesionforge.io.UnusableInputException when the file is damaged, naming the key
     */
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

    /**
     * A sheet of images of a snapshot.
     *
     * @param epoch from the file's name
     * @param file a PNG
     */
    public record Sheet(int epoch, Path file) {}

    /** {@return the grids of images from fixed latents, by epoch; other files of the folder are left out} */
    public List<Sheet> samples() {
        return sheets(GanLayout.GRID);
    }

    /** {@return the sheets of generated images beside their nearest training images, by epoch; none in runs from before there were any} */
    public List<Sheet> nearest() {
        return sheets(GanLayout.NEAREST);
    }

    private List<Sheet> sheets(String kind) {
        Pattern name = Pattern.compile(kind + "-(\\d{1,9})\\.png");
        List<Sheet> sheets = new ArrayList<>();
        for (Path file : children(layout.samples())) {
            Matcher found = name.matcher(file.getFileName().toString());
            if (found.matches()) {
                sheets.add(new Sheet(Integer.parseInt(found.group(1)), file));
            }
        }
        sheets.sort(Comparator.comparingInt(Sheet::epoch));
        return sheets;
    }
}
