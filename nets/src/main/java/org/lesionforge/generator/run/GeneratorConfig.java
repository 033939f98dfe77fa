package org.lesionforge.generator.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.ClassNames;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.torch.Computed;

/**
 * The content of a GAN run's {@code config.json}.
 *
 * @param formatVersion {@link #FORMAT_VERSION}; files of version 0.1, which are no different otherwise, have none
 * @param family of generators; files of version 0.1, which had one alone, do not name it
 * @param title of the family, for people; older files, of which all are of one family, do not have it
 * @param className the class it learns; of several, their names with commas between them
 * @param classes in the order of their labels, where it learns several; null where it learns one
 * @param dataset where the images came from
 * @param splitSha256 which split they were the training part of
 * @param images how many there were
 * @param options what determines the training beside its images
 * @param stages how often the epochs of the options are run, one stage after the other; null for once, and in older files
 * @param measuring what its snapshots are measured with, for {@code gan resume}; null where nothing is, or where an experiment measures
 *     them with a network of its own
 * @param init the run that it begins from; null where it begins with random weights
 * @param computed on what it was trained last; null where it was not yet, or by an earlier version
 */
public record GeneratorConfig(
        @OptionalKey Integer formatVersion,
        @OptionalKey String family,
        @OptionalKey String title,
        String className,
        @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> classes,
        String dataset,
        String splitSha256,
        int images,
        GeneratorSpec<?> options,
        @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer stages,
        @Nullable Measuring measuring,
        @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InitialRun init,
        @OptionalKey @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Computed computed) {
    /** Of the layout of {@code config.json}. */
    static final int FORMAT_VERSION = 1;

    /** The one family of version 0.1, which did not name it. */
    private static final String FAMILY_OF_01 = "dcgan";

    /**
     * Fills in what files of version 0.1 leave out.
     *
     * @param formatVersion null means {@link #FORMAT_VERSION}
     * @param family null means that of the options
     * @param title null means that of the options' family
     * @param className whose images are real to it
     * @param classes null for one
     * @param dataset its folder, as it was when training began
     * @param splitSha256 in hexadecimal digits
     * @param images of the class in the training part
     * @param options checked already
     * @param stages null means those of the options
     * @param measuring null where {@code gan resume} measures nothing
     * @param init null where it begins with random weights
     * @param computed null before it is trained
     */
    public GeneratorConfig {
        formatVersion = formatVersion == null ? FORMAT_VERSION : formatVersion;
        family = family == null ? options.family().name() : family;
        title = title == null ? options.family().title() : title;
        stages = options.stages() == 1 ? null : options.stages();
    }

    /** {@return the classes it learns} */
    public LearnedClasses learned() {
        return new LearnedClasses(classes == null ? List.of(className) : classes, options.conditional());
    }

    /**
     * A network for measuring, as the user named it.
     *
     * @param weights file or name
     * @param sha256 of the file, in hexadecimal digits
     * @param features length of the feature vectors
     * @param resize the way to 299×299
     */
    public record Measuring(String weights, String sha256, int features, String resize) {}

    /** What the file says beside the options. */
    private record Head(
            @OptionalKey Integer formatVersion,
            @OptionalKey String family,
            @OptionalKey @Nullable String title,
            String className,
            @OptionalKey @Nullable List<String> classes,
            String dataset,
            String splitSha256,
            int images,
            @OptionalKey @Nullable Integer stages,
            @Nullable Measuring measuring,
            @OptionalKey @Nullable InitialRun init,
            @OptionalKey @Nullable Computed computed) {}

    /** @throws UnusableInputException when the file is damaged, or of a run that this program cannot resume whole */
    static GeneratorConfig read(Path file, GeneratorZoo zoo) {
        JsonObject config = JsonObject.read(file);
        // Version and family come first: keys of another one would be called unknown, which is true and does not help.
        if (config.has("format_version")) {
            config.requireVersion(FORMAT_VERSION);
        }
        String family = config.has("family") ? config.text("family") : FAMILY_OF_01;
        if (!zoo.has(family)) {
            throw new UnusableInputException(file + " is of a generator of the family '" + family
                    + "', this program knows " + zoo.names() + "; use a program as new as the one that wrote it");
        }
        List<String> others =
                config.keys().stream().filter(key -> !key.equals("options")).toList();
        Head head = config.only(others).asWhole(Head.class);
        ClassNames.require(List.of(head.className()), file);
        List<String> classes = head.classes() == null ? List.of(head.className()) : head.classes();
        ClassNames.require(classes, file);
        GeneratorSpec<?> options =
                GeneratorSpec.read(zoo.named(family), config.object("options"), config.has("format_version"));
        if (head.stages() != null && head.stages() != options.stages()) {
            throw config.wrong("stages", options.stages() + ", as many as its options make");
        }
        LearnedClasses learned = learned(classes, options.conditional(), config);
        if (!learned.name().equals(head.className())) {
            throw config.wrong("classes", "the classes " + head.className());
        }
        return new GeneratorConfig(
                head.formatVersion(),
                family,
                zoo.named(family).title(),
                head.className(),
                head.classes(),
                head.dataset(),
                head.splitSha256(),
                head.images(),
                options.learning(classes.size()),
                head.stages(),
                head.measuring(),
                head.init(),
                head.computed());
    }

    private static LearnedClasses learned(List<String> classes, boolean conditional, JsonObject config) {
        try {
            return new LearnedClasses(classes, conditional);
        } catch (IllegalArgumentException e) {
            throw config.refused(e);
        }
    }
}
