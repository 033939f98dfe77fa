package org.lesionforge.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionforge.data.Licences;
import org.lesionforge.io.UnusableInputException;

/**
 * Public collections whose tables are known: file, columns, benign and malignant labels, licence.
 *
 * <p>Actinic keratosis and intraepithelial carcinoma count as malignant, as in HAM10000's class {@code akiec}; images
 * that the archive calls indeterminate are left out.
 *
 * @param word its name on the command line
 * @param files possible names of the table, the usual one first
 * @param labelColumns possible label columns, the best first
 * @param oneHot one-hot columns, in place of a label column
 * @param metadata the table beside it with the lesions
 * @param licence of all images; empty where each has its own
 * @param attribution the owner to credit
 */
public record Preset(
        String word,
        List<String> files,
        List<String> labelColumns,
        List<String> oneHot,
        Optional<String> metadata,
        String licence,
        String attribution) {

    /** A folder that {@code isic fetch} made, or any table of the archive, old ones too. */
    static final Preset ISIC = new Preset(
            "isic",
            List.of("metadata.csv"),
            List.of("diagnosis_1", "benign_malignant", "diagnosis"),
            List.of(),
            Optional.empty(),
            "",
            "");

    static final Preset HAM10000 = new Preset(
            "ham10000",
            List.of("HAM10000_metadata.csv", "HAM10000_metadata", "HAM10000_metadata.tab", "metadata.csv"),
            List.of("dx"),
            List.of(),
            Optional.empty(),
            "CC-BY-NC",
            "HAM10000, ViDIR Group, Medical University of Vienna (Tschandl et al. 2018, doi:10.7910/DVN/DBW86T)");

    static final Preset ISIC2017 = new Preset(
            "isic2017",
            List.of("ISIC-2017_Training_Part3_GroundTruth.csv", "metadata.csv"),
            List.of("melanoma"),
            List.of(),
            Optional.empty(),
            "CC-0",
            "ISIC 2017 Challenge (Codella et al. 2017, arXiv:1710.05006)");

    /** Task 3: HAM10000 as the challenge gave it, the lesions in a file of their own. */
    static final Preset ISIC2018 = new Preset(
            "isic2018",
            List.of(
                    "ISIC2018_Task3_Training_GroundTruth.csv",
                    "ISIC2018_Task3_Training_GroundTruth/ISIC2018_Task3_Training_GroundTruth.csv"),
            List.of(),
            List.of("MEL", "NV", "BCC", "AKIEC", "BKL", "DF", "VASC"),
            Optional.of("ISIC2018_Task3_Training_LesionGroupings.csv"),
            "CC-BY-NC",
            "ISIC 2018 Challenge (Codella et al. 2019, arXiv:1902.03368); HAM10000, ViDIR Group, Medical University of Vienna "
                    + "(Tschandl et al. 2018, doi:10.7910/DVN/DBW86T)");

    static final Preset ISIC2019 = new Preset(
            "isic2019",
            List.of("ISIC_2019_Training_GroundTruth.csv"),
            List.of(),
            List.of("MEL", "NV", "BCC", "AK", "BKL", "DF", "VASC", "SCC", "UNK"),
            Optional.of("ISIC_2019_Training_Metadata.csv"),
            "CC-BY-NC",
            "ISIC 2019 Challenge: BCN_20000, Hospital Clinic de Barcelona; HAM10000, ViDIR Group, Medical University of Vienna "
                    + "(doi:10.1038/sdata.2018.161); MSK (arXiv:1710.05006)");

    static final Preset ISIC2020 = new Preset(
            "isic2020",
            List.of(
                    "ISIC_2020_Training_GroundTruth_v2.csv",
                    "ISIC_2020_Training_GroundTruth.csv",
                    "train.csv",
                    "metadata.csv"),
            List.of("benign_malignant", "target"),
            List.of(),
            Optional.empty(),
            "CC-BY-NC",
            "The ISIC 2020 Challenge Dataset, ISDIS (doi:10.34970/2020-ds01)");

    /** A MedMNIST {@code .npz} file. */
    public static final Preset MEDMNIST =
            new Preset("medmnist", List.of(), List.of(), List.of(), Optional.empty(), "", "");

    static final List<Preset> ALL = List.of(ISIC, HAM10000, ISIC2017, ISIC2018, ISIC2019, ISIC2020, MEDMNIST);

    private static final List<String> BENIGN = List.of(
            "benign",
            "0",
            "0.0",
            "nv",
            "bkl",
            "df",
            "vasc",
            "nevus",
            "seborrheic keratosis",
            "pigmented benign keratosis",
            "lichenoid keratosis",
            "solar lentigo",
            "lentigo simplex",
            "lentigo nos",
            "dermatofibroma",
            "vascular lesion",
            "angioma",
            "angiokeratoma",
            "cafe-au-lait macule",
            "acrochordon",
            "neurofibroma",
            "scar",
            "verruca");

    private static final List<String> MALIGNANT = List.of(
            "malignant",
            "1",
            "1.0",
            "mel",
            "bcc",
            "scc",
            "ak",
            "akiec",
            "melanoma",
            "melanoma metastasis",
            "basal cell carcinoma",
            "squamous cell carcinoma",
            "merkel cell carcinoma",
            "actinic keratosis");

    /**
     * {@return the preset of a name}
     *
     * @param word its name on the command line
     * @throws IllegalArgumentException naming those there are
     */
    public static Preset of(String word) {
        return ALL.stream()
                .filter(preset -> preset.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the presets are " + ALL.stream().map(Preset::word).toList() + ", got '" + word + "'"));
    }

    /**
     * {@return what a source shows to be by its files alone: what {@code isic fetch} made, or an {@code .npz} file;
     * empty for any other}
     *
     * @param source a file or a folder
     */
    public static Optional<Preset> recognise(Path source) {
        if (MedMnist.is(source)) {
            return Optional.of(MEDMNIST);
        }
        boolean fetched = Files.exists(source.resolve("query.json")) && Files.exists(source.resolve("metadata.csv"));
        return fetched ? Optional.of(ISIC) : Optional.empty();
    }

    /**
     * How to read a source with this preset.
     *
     * @param source a file or a folder, as the preset expects it
     * @param labels the table, when it has not its usual name
     * @return the table and its columns
     * @throws UnusableInputException when there is none
     */
    public LabelColumns columns(Path source, Optional<Path> labels) {
        if (equals(MEDMNIST)) {
            if (!MedMnist.is(source)) {
                throw new UnusableInputException(
                        "the preset medmnist reads one file, and " + source + " is no .npz file");
            }
            return LabelColumns.recognised(source)
                    .with()
                    .reading(MedMnist.reading(source))
                    .build();
        }
        Path file = labels.orElseGet(() -> files.stream()
                .map(source::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UnusableInputException(
                        source + " has none of the tables of " + word + ", " + files + "; name it with --labels")));
        Map<String, String> constants = licence.isEmpty() ? Map.of() : Licences.columns(licence, attribution);
        LabelReading reading = new LabelReading(
                labelColumns,
                classes(),
                oneHot,
                metadata.map(name -> beside(file, source, name)),
                constants,
                equals(ISIC));
        return LabelColumns.recognised(file).with().reading(reading).build();
    }

    /** Path beside the table, or in the source; its reader reports when it is in neither. */
    private static Path beside(Path file, Path source, String name) {
        Path beside = file.resolveSibling(name);
        Path inSource = source.resolve(name);
        return !Files.isRegularFile(beside) && Files.isRegularFile(inSource) ? inSource : beside;
    }

    /** Benign or malignant, where a class has the name of a class of a known collection. */
    static Optional<String> known(String name) {
        return Optional.ofNullable(classes().get(name.strip().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> classes() {
        Map<String, String> classes = new TreeMap<>();
        BENIGN.forEach(label -> classes.put(label, "benign"));
        MALIGNANT.forEach(label -> classes.put(label, "malignant"));
        return classes;
    }
}
