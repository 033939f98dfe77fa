package org.lesionforge.report;

import java.util.Optional;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.run.BestSnapshot;
import org.lesionforge.run.GanFiles;

/** What has to be known of the generator before its images are believed. */
public final class GeneratorText {
    /** Below this many validation images the choice of the snapshot is mostly luck. */
    private static final int FEW = 50;

    private final GanFiles gan;

    /**
     * Looks at one generator.
     *
     * @param gan files of one generator's training
     */
    public GeneratorText(GanFiles gan) {
        this.gan = gan;
    }

    /** {@return what is wrong with the snapshot that was used; empty where nothing is, or where it was not measured} */
    public Optional<String> warning() {
        return gan.best().flatMap(best -> gan.metrics().stream()
                .filter(measured -> measured.snapshot().equals(best.snapshot()))
                .flatMap(measured -> measured.check().stream())
                .reduce((first, second) -> second)
                .flatMap(GeneratorText::warning)
                .map(text -> gan.split().isEmpty() ? text : text + " (" + gan.split() + ")"));
    }

    private static Optional<String> warning(GeneratorCheck check) {
        if (!check.refusals().isEmpty()) {
            return Optional.of("✗ THE GENERATOR HAS NOT LEARNED: " + String.join(", and ", check.refusals()) + ".");
        }
        return check.missesReals()
                ? Optional.of("✗ The generator’s recall is 0: no real image lies among those that it draws.")
                : Optional.empty();
    }

    /**
     * {@return what few validation images mean for the choice of the snapshot; empty where there are enough, or the
     * number is not known}
     */
    public Optional<String> choice() {
        return gan.best()
                .flatMap(BestSnapshot::validationImages)
                .filter(images -> images < FEW)
                .map(images -> "The snapshot was chosen on " + images + " validation images. With fewer than " + FEW
                        + " that choice means little.");
    }
}
