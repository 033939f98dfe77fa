package org.lesionforge.generator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lesionforge.data.Licences;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.RunLayout.GanLayout;

/**
 * What a run's files say of the images that its generator learned from, those of the runs before it included.
 *
 * @param layout of the run
 */
record LearnedImages(GanLayout layout) {
    /** Writes them, those of the runs before it first. */
    void write(TrainingPart real, List<String> ids, Optional<InitialRun> init) throws IOException {
        Licences own = Licences.of(real);
        Json.write(
                layout.licences(),
                init.map(from -> own.with(of(from).licences())).orElse(own));
        if (init.isPresent()) {
            Set<String> before = new TreeSet<>(of(init.get()).trainingIds());
            before.addAll(of(init.get()).initialIds());
            AtomicFile.writeString(layout.initialIds(), String.join("\n", before) + "\n");
        }
        // Last, for it makes the folder a run.
        AtomicFile.writeString(layout.trainingIds(), String.join("\n", ids) + "\n");
    }

    private static LearnedImages of(InitialRun from) {
        return new LearnedImages(new GanLayout(Path.of(from.run())));
    }

    Licences licences() {
        Path file = layout.licences();
        // Runs before there was such a file say nothing.
        return Files.exists(file) ? Json.read(file, Licences.class) : Licences.UNSTATED;
    }

    List<String> trainingIds() {
        return lines(layout.trainingIds());
    }

    List<String> initialIds() {
        return Files.exists(layout.initialIds()) ? lines(layout.initialIds()) : List.of();
    }

    private static List<String> lines(Path ids) {
        try {
            return Files.readAllLines(ids);
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read the ids of training images in " + ids + ": " + e.getMessage(), e);
        }
    }
}
