package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.mutation.TextMutations;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;

/** A user's table of labels, read by preparing a data set with it. */
final class LabelsKind implements Kind {
    private static final List<String> HEADER = List.of("image", "label", "lesion");

    private final Path source;
    private final Path dataset;

    LabelsKind(Path folder) throws IOException {
        source = folder.resolve("source");
        dataset = folder.resolve("dataset");
        PreparedImages.write(source);
    }

    @Override
    public List<Sample> samples() {
        return List.of(new Sample(PreparedImages.LABELS, PreparedImages.table().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<Mutation> mutations() {
        List<Mutation> mutations = new ArrayList<>(TextMutations.ALL);
        mutations.addAll(ByteMutations.ALL);
        return mutations;
    }

    /** Each image with its label and the lesions that are one. */
    @Override
    public String value(String name, byte[] file) throws Exception {
        Folders.delete(dataset);
        Files.write(source.resolve(name), file);
        PreparedImages.prepare(source, dataset);
        Map<String, String> images = new TreeMap<>();
        Dataset prepared = Dataset.open(dataset);
        for (DatasetImage image : prepared.images()) {
            images.put(image.id(), prepared.classes().get(image.label()) + "/" + image.group());
        }
        return images.toString();
    }

    /** Reads only plain tables: no verdict on quotation marks, other labels, other images or spaces. */
    @Override
    public Verdict reference(Sample sample, byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return Verdict.refuses("not UTF-8");
        }
        if (text.indexOf('\0') >= 0) {
            return Verdict.refuses("NUL");
        }
        if (!text.matches("[a-zA-Z0-9,\\-\r\n]*")) {
            return Verdict.UNKNOWN;
        }
        Map<String, String> images = new TreeMap<>();
        Map<String, List<String>> rows = new HashMap<>();
        List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
        for (String line : lines) {
            List<String> cells = List.of(line.split(",", -1));
            if (cells.size() != HEADER.size()) {
                return Verdict.refuses("a line of " + cells.size() + " cells");
            }
            if (line.equals(lines.get(0))) {
                if (!cells.equals(HEADER)) {
                    return Verdict.refuses("header " + cells);
                }
            } else if (rows.put(cells.get(0), cells) != null) {
                return Verdict.refuses("two lines for " + cells.get(0));
            } else if (!isPlain(cells)) {
                return Verdict.UNKNOWN;
            } else {
                images.put(cells.get(0), cells.get(1) + "/" + cells.get(2));
            }
        }
        return Verdict.reads(images.toString());
    }

    private static boolean isPlain(List<String> cells) {
        boolean isImage = PreparedImages.table().contains("\n" + cells.get(0) + ",");
        boolean isLabel = cells.get(1).equals("benign") || cells.get(1).equals("malignant");
        return isImage && isLabel && cells.get(2).matches("L\\d+");
    }
}
