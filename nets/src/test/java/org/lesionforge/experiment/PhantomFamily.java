package org.lesionforge.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.phantom.PhantomLesion;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;

/**
 * A perfect generator: it draws phantoms that nobody has seen, of the class that is asked for, and learns nothing. All of its images may have a mark in a corner,
 * which no real phantom has. With one class it draws malignant ones.
 */
record PhantomFamily(String name, boolean marked) implements ModelFamily<PhantomFamily.Own> {
    static final int SIDE = 75;
    private static final int MARK = 24;

    /** Its own options. */
    record Own(@Meaning("nothing: classes are always told apart") boolean conditional) implements ModelOptions {}

    @Override
    public String title() {
        return marked ? "Marked phantom" : "Phantom";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(64, SIDE);
    }

    @Override
    public boolean conditional(Own own) {
        return own.conditional();
    }

    @Override
    public Class<Own> optionsType() {
        return Own.class;
    }

    @Override
    public Own defaults() {
        return new Own(true);
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, Own own, Compute compute) {
        return new Model(new Draw(common.size(), common.classCount() == 1, marked));
    }

    @Override
    public Sampler load(GeneratorOptions common, Own own, Map<String, Tensor> snapshot, Compute compute) {
        return new Draw(common.size(), common.classCount() == 1, marked);
    }

    @Override
    public GeneratorSummary summary(GeneratorOptions common, Own own) {
        return new GeneratorSummary(
                List.of(new GeneratorSummary.Net("generator", "draws", new ModelSummary(List.of()))),
                new GeneratorSummary.Memory(0, 0, 0),
                1e-6);
    }

    private record Draw(int side, boolean malignantAlone, boolean marked) implements Sampler {
        @Override
        public int channels() {
            return 3;
        }

        @Override
        public byte[] pixels(Seed seed, long first, int count, int label) {
            int size = 3 * side * side;
            byte[] pixels = new byte[count * size];
            for (int i = 0; i < count; i++) {
                SplittableRandom random =
                        seed.of("phantoms of class " + label).at(first + i).random();
                PhantomLesion lesion = PhantomLesion.of(malignantAlone || label == 1, random.nextLong());
                byte[] drawn = Phantoms.draw(lesion, random.nextLong(), side).pixels();
                for (int at = 0; marked && at < size; at++) {
                    int x = at / 3 % side;
                    int y = at / 3 / side;
                    drawn[at] = x < MARK && y < MARK ? (byte) ((x / 4 + y / 4) % 2 == 0 ? 255 : 0) : drawn[at];
                }
                System.arraycopy(drawn, 0, pixels, i * size, size);
            }
            return pixels;
        }
    }

    private static final class Model implements GenerativeModel {
        private final Draw draw;
        private final Tensor nothing = torch.zeros(1);

        Model(Draw draw) {
            this.draw = draw;
        }

        @Override
        public StepResult step(Batch batch, long iteration) {
            return new StepResult(Map.of("loss", 0.0), false);
        }

        @Override
        public Map<GeneratorWeights, Sampler> samplers() {
            return Map.of(GeneratorWeights.RAW, draw);
        }

        @Override
        public Map<GeneratorWeights, Map<String, Tensor>> snapshots() {
            return Map.of(GeneratorWeights.RAW, tensors());
        }

        @Override
        public Map<String, Tensor> tensors() {
            return Map.of("nothing", nothing);
        }

        @Override
        public void restore(Map<String, Tensor> tensors, JsonNode memo) {}

        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public void scaleLearningRate(double factor) {}

        @Override
        public void close() {
            nothing.close();
        }
    }
}
