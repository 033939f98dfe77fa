package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.HomePath;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunConfig;
import org.lesionforge.run.RunConfig.ExternalImages;
import org.lesionforge.run.RunFiles;

/** Images of other generators that arms added, set by set: what is known of them, and that the rest is not. */
final class ExternalSection {
    private static final String SOURCE = "external:";

    private final Page page;
    private final RunFiles run;
    private final Map<String, ExternalImages> sets;

    ExternalSection(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        sets = run.config().map(RunConfig::external).orElse(Map.of());
    }

    /** Whether the run has ended and needed no GAN of its own. */
    boolean replacesGan() {
        return !sets.isEmpty()
                && run.results().isPresent()
                && run.allGenerators().isEmpty();
    }

    /** For the first screen. */
    List<String> warnings() {
        return sets.keySet().stream()
                .map(name -> "THE IMAGES FROM " + name
                        + " ARE OF UNKNOWN ORIGIN: which images their generator was trained on was not checked.")
                .toList();
    }

    void write() throws IOException {
        for (Map.Entry<String, ExternalImages> set : sets.entrySet()) {
            write(set.getKey(), set.getValue());
        }
    }

    private void write(String name, ExternalImages set) throws IOException {
        page.section("external-" + name, "Images from " + name);
        page.paragraph(
                "Where these " + set.images() + " images of class " + set.className() + " come from is not known: "
                        + "another program made them, and which images its generator was trained on was not checked. Were images of"
                        + " the validation or test part among those, the arms that add these look better than they are.");
        page.paragraph(
                "None of them shows an image of the validation or test part, as it is or resized, compressed, turned,"
                        + " mirrored or cropped a little: the run would not have begun." + dropped(name));
        page.textTable(
                "Table N",
                "The images from " + name + ".",
                List.of("key", "value"),
                List.of(
                        List.of("folder", HomePath.shown(set.folder())),
                        List.of("images", Integer.toString(set.images())),
                        List.of("SHA-256 over their files", set.sha256())));
        Optional<Path> sheet = run.file("examples/external-" + name + ".png");
        if (sheet.isPresent()) {
            page.image(
                    "Figure J", "Some of the images from " + name + ".", "A grid of images from " + name, sheet.get());
        }
    }

    /** Empty before the experiment has ended. */
    private String dropped(String name) {
        return run.results().map(Results::arms).orElse(List.of()).stream()
                .filter(arm -> isOf(arm.name(), name))
                .map(ArmResult::images)
                .flatMap(Optional::stream)
                .map(Results.Images::gate)
                .map(gate -> " " + gate.dropped() + " of " + gate.drawn()
                        + " were not used, as near-copies of training images (similarity above "
                        + NumberText.plain(gate.maxSimilarity()) + ").")
                .findFirst()
                .orElse("");
    }

    private static boolean isOf(String arm, String name) {
        String rest = arm.startsWith(SOURCE + name) ? arm.substring(SOURCE.length() + name.length()) : "?";
        return rest.isEmpty() || ":@+".indexOf(rest.charAt(0)) >= 0;
    }
}
