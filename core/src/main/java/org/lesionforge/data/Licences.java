package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionforge.io.UnusableInputException;

/**
 * The licences of images, and the owners to credit; passed on to everything made from the images.
 *
 * @param attributions by licence the owners to credit, with the number of images; empty when the source gives no
 *     licences
 */
public record Licences(Map<String, Map<String, Integer>> attributions) {
    private static final String LICENCE = "copyright_license";
    private static final String ATTRIBUTION = "attribution";
    private static final String UNKNOWN = "unknown";

    /** No licences are known. */
    public static final Licences UNSTATED = new Licences(Map.of());

    /**
     * Keeps the order of the alphabet, in files too.
     *
     * @param attributions by licence whom to name, with the number of images
     */
    public Licences {
        attributions = Collections.unmodifiableMap(new TreeMap<>(attributions));
    }

    /**
     * {@return one licence and owner for all images, as columns of a source}
     *
     * @param licence the name that {@code isic} uses: {@code CC-BY}
     * @param attribution whom to name
     */
    public static Map<String, String> columns(String licence, String attribution) {
        return Map.of(LICENCE, licence, ATTRIBUTION, attribution);
    }

    /**
     * {@return the licences of all images of a data set}
     *
     * @param dataset prepared from a source with or without licences
     */
    public static Licences of(Dataset dataset) {
        return of(dataset, dataset.images().stream().map(DatasetImage::id).collect(Collectors.toSet()));
    }

    /**
     * {@return the licences of the real images among those that a net is fitted to}
     *
     * @param images with or without synthetic ones
     */
    public static Licences of(TrainingImages images) {
        return of(
                images.dataset(),
                IntStream.range(0, images.size()).mapToObj(images::id).collect(Collectors.toCollection(HashSet::new)));
    }

    /**
     * {@return the licences of some images of a data set}
     *
     * @param dataset prepared from a source with or without licences
     * @param ids of the images; others than the data set's are left out
     */
    public static Licences of(Dataset dataset, Set<String> ids) {
        Path file = dataset.folder().resolve(Dataset.IMAGES);
        Map<String, Map<String, Integer>> attributions = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                if (ids.contains(line.getField("id")) && line.findField(LICENCE).isPresent()) {
                    attributions
                            .computeIfAbsent(value(line, LICENCE), any -> new TreeMap<>())
                            .merge(value(line, ATTRIBUTION), 1, Integer::sum);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new Licences(attributions);
    }

    private static String value(NamedCsvRecord line, String column) {
        return line.findField(column).filter(value -> !value.isBlank()).orElse(UNKNOWN);
    }

    /**
     * {@return these and others; the larger of two numbers for one owner, for they may be of the same images}
     *
     * @param others of another set of images
     */
    public Licences with(Licences others) {
        Map<String, Map<String, Integer>> both = new TreeMap<>();
        for (Licences each : List.of(this, others)) {
            each.attributions.forEach((licence, owners) -> owners.forEach((owner, images) ->
                    both.computeIfAbsent(licence, any -> new TreeMap<>()).merge(owner, images, Math::max)));
        }
        return new Licences(both);
    }

    /** {@return the number of images by licence} */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        attributions.forEach((licence, names) ->
                counts.put(licence, names.values().stream().mapToInt(n -> n).sum()));
        return counts;
    }

    /** {@return the licences, for one cell of a table: {@code CC-0, CC-BY-NC}} */
    public String names() {
        return String.join(", ", attributions.keySet());
    }

    /** {@return a text that may go with what is made of the images; empty when nothing is known} */
    public String text() {
        StringBuilder text = new StringBuilder();
        attributions.forEach((licence, names) -> {
            text.append(licence).append('\n');
            new TreeMap<>(names).forEach((name, n) -> text.append("  ")
                    .append(name)
                    .append(" (")
                    .append(n)
                    .append(")\n"));
        });
        return text.toString();
    }
}
