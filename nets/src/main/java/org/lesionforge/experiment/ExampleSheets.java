package org.lesionforge.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Seed;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;

/** The paper's pictures of images: Figure 1 (examples of each class) and Figure 7 (real beside synthetic). */
final class ExampleSheets {
    private static final int EXAMPLES = 6;
    private static final int EXAMPLE_SIDE = 160;
    private static final int GRID = 8;
    private static final Seed CHOICE = new Seed(1);

    private ExampleSheets() {}

    /**
     * Of the first seed.
     *
     * @param drawn sets that there are
     */
    static void write(SplitInputs inputs, ExperimentOptions options, List<DrawnSet> drawn, RunDirectory run)
            throws IOException {
        Dataset dataset = inputs.dataset();
        List<RgbImage> examples = new ArrayList<>();
        TrainingPart training = dataset.training();
        for (String name : dataset.classes()) {
            examples.addAll(some(training.ofClass(name).atLeast(EXAMPLE_SIDE), EXAMPLES));
        }
        write(examples, EXAMPLES, "real images, one class a row: " + dataset.classes(), run, "examples.png");

        for (ExternalSet set : inputs.externals().values()) {
            external(set, options.generatorSize(Arm.NONE), run);
        }
        List<String> generators =
                drawn.stream().map(DrawnSet::generator).distinct().toList();
        for (String generator : generators) {
            int side = options.generator(generator).common().size();
            List<String> classes = inputs.synthetic().classes(generator);
            DrawnSet set = drawn.stream()
                    .filter(each -> each.generator().equals(generator))
                    .findFirst()
                    .orElseThrow();
            List<RgbImage> fakes = new ArrayList<>();
            List<RgbImage> reals = new ArrayList<>();
            // One class after the other, in whole rows.
            int each = GRID * Math.max(1, GRID / classes.size());
            for (String name : classes) {
                fakes.addAll(some(inputs.synthetic().of(set, options.seed(), name), side, each));
                reals.addAll(some(training.ofClass(name).at(side), each));
            }
            String what = " images, class " + String.join(", then ", classes);
            if (generator.equals(generators.get(0))) {
                write(reals, GRID, "real" + what, run, "real.png");
                write(fakes, GRID, "synthetic" + what, run, "synthetic.png");
            }
            if (generators.size() > 1) {
                String sheet = run.layout().synthetic(generator).getFileName().toString();
                write(fakes, GRID, "synthetic" + what + ", of a " + options.title(generator), run, sheet);
            }
        }
    }

    /** The first ones, not picked. */
    private static List<RgbImage> some(SyntheticFolder synthetic, int side, int most) {
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < Math.min(most, synthetic.size()); i++) {
            byte[] pixels = new byte[side * side * 3];
            synthetic.read(i, side, pixels, 0);
            images.add(RgbImage.wrap(side, side, pixels));
        }
        return images;
    }

    private static void external(ExternalSet set, int side, RunDirectory run) throws IOException {
        ExternalFolder images = set.all();
        List<RgbImage> shown = new ArrayList<>();
        int[] order = CHOICE.permutation(images.size());
        for (int i = 0; i < Math.min(GRID * GRID, order.length); i++) {
            shown.add(images.square(order[i], side));
        }
        String what = "images from " + set.name() + ", class " + images.className();
        write(shown, GRID, what, run, "external-" + set.name() + ".png");
    }

    private static List<RgbImage> some(SquareImages images, int count) {
        return IntStream.of(CHOICE.permutation(images.size()))
                .limit(count)
                .mapToObj(images::image)
                .toList();
    }

    private static void write(List<RgbImage> images, int columns, String what, RunDirectory run, String name)
            throws IOException {
        PngWriter.write(
                ContactSheet.of(images, columns, 2),
                Map.of("Description", what),
                run.layout().examples().resolve(name));
    }
}
