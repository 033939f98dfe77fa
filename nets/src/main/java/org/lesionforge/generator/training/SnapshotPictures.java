package org.lesionforge.generator.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.run.ClosestPairs;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Seed;
import org.lesionforge.run.RunLayout.GanLayout;

/** What there is to look at of a snapshot: a grid of images from fixed latents, and images beside the training images nearest to them. */
final class SnapshotPictures {
    private static final int IMAGES = 64;
    private static final int COLUMNS = 8;

    private final GanLayout layout;
    private final LearnedClasses classes;
    private final TrainingPart real;
    private final Seed seed;

    /**
     * @param real that the generator learns from
     * @param seed of the training
     */
    SnapshotPictures(GeneratorRun run, TrainingPart real, Seed seed) {
        layout = new GanLayout(run.folder());
        classes = run.config().learned();
        this.real = real;
        this.seed = seed;
    }

    /** Draws and writes the grid: a block of rows for each class, of the same latents. Returns the images, all of one side. */
    List<RgbImage> grid(int epoch, Sampler sampler) throws IOException {
        List<LearnedClasses.Drawable> drawable = classes.drawable();
        int rows = Math.max(1, IMAGES / COLUMNS / drawable.size());
        List<RgbImage> images = new ArrayList<>();
        for (LearnedClasses.Drawable each : drawable) {
            images.addAll(sampler.images(seed.of("fixed-latents"), 0, rows * COLUMNS, each.label()));
        }
        String rowsOf = drawable.size() == 1
                ? ""
                : ", rows of "
                        + drawable.stream().map(LearnedClasses.Drawable::name).toList();
        PngWriter.write(
                ContactSheet.of(images, COLUMNS, 2),
                Map.of("Description", "synthetic images from fixed latents after epoch " + epoch + rowsOf),
                layout.grid(epoch));
        return images;
    }

    /**
     * Writes the images nearest to training images: of those that were measured, by the distance of the measures; of the grid's, by thumbnails,
     * where nothing is measured.
     */
    void nearest(int epoch, List<RgbImage> grid, Optional<SnapshotJudge.Verdict> verdict) throws IOException {
        ClosestPairs pairs = verdict.flatMap(SnapshotJudge.Verdict::closest)
                .orElseGet(() -> ClosestPairs.byThumbnails(
                        packed(grid), real.at(grid.get(0).width()).selected(SnapshotJudge.measured(real))));
        pairs.write(epoch, layout.nearest(epoch));
    }

    private static SquareImages packed(List<RgbImage> images) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        images.forEach(image -> pixels.writeBytes(image.pixels()));
        return SquareImages.of(pixels.toByteArray(), images.get(0).width());
    }
}
