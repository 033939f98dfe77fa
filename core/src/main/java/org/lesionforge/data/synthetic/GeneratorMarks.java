package org.lesionforge.data.synthetic;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.image.file.FileKind;
import org.lesionforge.image.file.GeneratorMark;
import org.lesionforge.io.FileNames;

/**
 * Recognises generated images: by a {@linkplain GeneratorMark mark inside}, by a name as {@code gan sample} gives it,
 * by files in the folder or its parent ({@code manifest.csv}, {@code synthetic.json}, {@code attribution.txt}), an
 * array by the JSON beside it. An image without such a sign may still be generated.
 *
 * <p>Every folder is read once. Safe to use from several threads.
 */
public final class GeneratorMarks {
    private static final Pattern DRAWN = Pattern.compile("synthetic-.+-\\d{5,}\\.[A-Za-z]+", Pattern.DOTALL);
    /** Columns of a table of images that only a generator can fill. */
    private static final Set<String> COLUMNS = Set.of(
            "generator_sha256", "generator", "snapshot", "prompt", "negative_prompt", "latent", "truncation", "psi");
    /** Keys of a JSON file beside an array that mark it as generated, unless their value is false, null or 0. */
    private static final Pattern KEYS = Pattern.compile(
            "\"(generator[a-z0-9_]*|gan[a-z0-9_]*|network_pkl|snapshot|latents?|truncation(_psi)?|synthetic|generated|fake"
                    + "|diffusion[a-z0-9_]*|sampler|prompt)\"\\s*:\\s*(?!\\s|false|null|0\\b|\"\"|\"(no|none|real)\")",
            Pattern.CASE_INSENSITIVE);

    private static final int MOST_JSON = 1 << 20;

    /**
     * The marks of a folder's images.
     *
     * @param all why all of them are generated; empty where not all are
     * @param listed names of images in its manifest
     */
    private record FolderMark(Optional<String> all, Set<String> listed) {}

    private final Map<Path, FolderMark> folders = new ConcurrentHashMap<>();

    /**
     * {@return how many of some images were made by a generator, as far as they tell, and which is the first; empty
     * where none was}
     *
     * @param images in any folders
     */
    public static Optional<String> among(List<ImageFolder.Entry> images) {
        GeneratorMarks marks = new GeneratorMarks();
        List<String> found = images.parallelStream()
                .flatMap(image -> marks.of(image.path()).map(seen -> image.id() + " (" + seen + ")").stream())
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.size() + " of " + images.size() + " images were made by a generator, the first is "
                        + found.get(0));
    }

    /**
     * {@return why an image file is known to be generated, for people; empty where nothing tells}
     *
     * @param file an image of any kind
     */
    public Optional<String> of(Path file) {
        String name = FileNames.name(file);
        if (DRAWN.matcher(name).matches()) {
            return Optional.of("its name is that of an image drawn by gan sample");
        }
        return around(file, name).or(() -> GeneratorMark.of(file).map(GeneratorMark::seen));
    }

    /**
     * {@return why the images of a {@code .npy} or {@code .npz} file are known to be generated; empty where nothing
     * tells}
     *
     * @param file an array
     */
    public Optional<String> ofArray(Path file) {
        String name = FileNames.name(file);
        String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return Stream.of(stem + ".json", name + ".json")
                .map(file::resolveSibling)
                .filter(Files::isRegularFile)
                .filter(GeneratorMarks::speaksOfGenerator)
                .findFirst()
                .map(json -> json.getFileName() + " beside it")
                .or(() -> around(file, name));
    }

    private static boolean speaksOfGenerator(Path json) {
        try (InputStream in = Files.newInputStream(json)) {
            String text = new String(in.readNBytes(MOST_JSON), StandardCharsets.UTF_8);
            return KEYS.matcher(text).find() || GeneratorMark.sign(text).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** A set's tables are beside its class folder. */
    private Optional<String> around(Path file, String name) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return Stream.of(
                        Optional.ofNullable(folder), Optional.ofNullable(folder).map(Path::getParent))
                .flatMap(Optional::stream)
                .map(each -> said(each, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> said(Path folder, String name) {
        FolderMark mark = folders.computeIfAbsent(folder, GeneratorMarks::read);
        return mark.listed().contains(name)
                ? Optional.of("listed in " + SyntheticManifest.MANIFEST + " of " + folder.getFileName())
                : mark.all();
    }

    private static FolderMark read(Path folder) {
        if (Files.isRegularFile(folder.resolve(SyntheticManifest.SEAL))) {
            return new FolderMark(Optional.of(SyntheticManifest.SEAL + " in its folder or the one above"), Set.of());
        }
        Path attribution = folder.resolve("attribution.txt");
        if (startsWith(attribution, "Synthetic images, class ")) {
            return new FolderMark(Optional.of("attribution.txt in its folder or the one above"), Set.of());
        }
        return new FolderMark(Optional.empty(), listed(folder.resolve(SyntheticManifest.MANIFEST)));
    }

    private static boolean startsWith(Path file, String start) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(start.length()), StandardCharsets.UTF_8).equals(start);
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> listed(Path manifest) {
        Set<String> names = new HashSet<>();
        if (!Files.isRegularFile(manifest)) {
            return names;
        }
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(manifest)) {
            for (NamedCsvRecord record : records) {
                List<String> header = record.getHeader();
                if (header.stream().noneMatch(COLUMNS::contains)) {
                    break;
                }
                for (String field : record.getFields()) {
                    String name = field.substring(Math.max(field.lastIndexOf('/'), field.lastIndexOf('\\')) + 1);
                    if (FileKind.isImageName(name) || name.endsWith(".npy")) {
                        names.add(name);
                    }
                }
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            // Another program's table: the lines read so far count.
            return names;
        }
        return names;
    }
}
