package org.lesionforge.image.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mark in an image file that shows that a generator made the image. Recognised are this program's own marks, those
 * that common generators write into PNG text, EXIF, XMP, IPTC and comments, and IPTC's digital source type in XMP and
 * C2PA manifests. A C2PA manifest alone is not a mark, since cameras write them, too.
 *
 * <p>Sources of the names and keys: IPTC NewsCodes {@code digitalsourcetype}; the output of Stable Diffusion web UI,
 * ComfyUI, InvokeAI and NovelAI. An image without a mark may still be generated.
 *
 * @param seen what was found and where, for people: {@code PNG text "parameters"}
 */
public record GeneratorMark(String seen) {
    /** Larger files are searched only up to here: metadata comes first. */
    private static final int MOST_BYTES = 1 << 28;

    private static final int LONGEST_EXCERPT = 60;

    private static final Set<String> KEYWORDS = Set.of(
            "generator-sha256",
            "parameters",
            "prompt",
            "negative_prompt",
            "workflow",
            "dream",
            "sd-metadata",
            "invokeai_metadata",
            "invokeai_graph",
            "invokeai_workflow",
            "generation_data",
            "fooocus_scheme",
            "postprocessing");

    /** Patterns, found anywhere in a text, ignoring case. */
    private static final List<String> SIGNS = List.of(
            // IPTC: trainedAlgorithmicMedia, compositeWithTrainedAlgorithmicMedia, algorithmicMedia,
            // compositeSynthetic.
            "algorithmicMedia\\b",
            "compositeSynthetic\\b",
            "AISystemUsed|AIPromptInformation",
            "TC260:AIGC|\"AIGC\"",
            "synthetic images?, (class|on a path)|synthetic images from fixed latents",
            "\\bsteps: ?\\d+.{0,40}\\bsampler: ",
            "\\bnegative prompt: ",
            "\"(prompt|negative_?prompt|positive_?prompt|sampler|sampler_(name|index)|cfg_?scale|class_type|sui_image_params"
                    + "|civitaiResources|inference_steps|num_inference_steps)\\\\?\"\\s*:",
            "\\bjob id: ?[0-9a-f]{8}-[0-9a-f]{4}",
            "(made|created|generated|edited) (with|by|using) (google |generative |an )?AI\\b",
            "\\bAI[- ]generated\\b",
            "stable[ _-]?diffusion|\\bsdxl\\b|novelai|comfyui|invokeai|automatic1111|fooocus|swarmui|easy diffusion|draw things"
                    + "|dreamstudio|dreambooth",
            "midjourney|dall[^a-z0-9]{0,3}e[ -]?[23]\\b|\\bdall[^a-z0-9]{1,3}e\\b|\\bdalle\\b|openai|chatgpt|gpt-4o|gpt-image",
            "(adobe|photoshop)[ _]firefly|generative fill|bing image creator|microsoft designer|leonardo\\.ai|ideogram"
                    + "|black forest labs|flux\\.1|nightcafe|artbreeder|thispersondoesnotexist",
            "stylegan|progan|biggan|\\b(dc|w|pg)gan\\b");

    private static final List<Pattern> PATTERNS = SIGNS.stream()
            .map(sign -> Pattern.compile(sign, Pattern.CASE_INSENSITIVE))
            .toList();

    /**
     * {@return the mark of a file; empty where it has none, is not PNG, JPEG or WebP, or cannot be read}
     *
     * @param file of any kind
     */
    public static Optional<GeneratorMark> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(FileKind.PREFIX);
            return switch (FileKind.of(start)) {
                case PNG, JPEG, WEBP -> of(whole(start, in));
                default -> Optional.empty();
            };
        } catch (IOException e) {
            // The decoder of the pixels reports why it cannot be read.
            return Optional.empty();
        }
    }

    private static byte[] whole(byte[] start, InputStream in) throws IOException {
        byte[] rest = in.readNBytes(MOST_BYTES - start.length);
        byte[] file = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, file, start.length, rest.length);
        return file;
    }

    /** @param file the bytes of an image file */
    static Optional<GeneratorMark> of(byte[] file) {
        return EmbeddedTexts.of(file).stream()
                .flatMap(text -> of(text).stream())
                .findFirst();
    }

    private static Optional<GeneratorMark> of(EmbeddedTexts.Text text) {
        String where = text.place() + (text.keyword().isEmpty() ? "" : " \"" + text.keyword() + "\"");
        if (KEYWORDS.contains(text.keyword().toLowerCase(Locale.ROOT))) {
            return Optional.of(new GeneratorMark(where));
        }
        return sign(text.text()).map(sign -> new GeneratorMark(where + ": " + sign));
    }

    /**
     * {@return the first sign of a generator in any text, shortened for people}
     *
     * @param text of a chunk, a comment or a manifest
     */
    public static Optional<String> sign(String text) {
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                String found = matcher.group().replaceAll("\\p{Cntrl}", " ");
                return Optional.of(found.substring(0, Math.min(found.length(), LONGEST_EXCERPT)));
            }
        }
        return Optional.empty();
    }
}
