package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.feed.ReaderThreads;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import org.lesionforge.toy.ToyFamily;

/** How the training of a generator ends that runs out of memory, or is stopped: its reader ends with it. */
final class ExhaustedCardTest {
    private static final int SIDE = 16;

    /** Models as the toy's, until they fail as libtorch does. */
    private static final class Starving implements ModelFamily<ToyFamily.Own> {
        private final ToyFamily toy = new ToyFamily();
        private final long failing;

        /** @param failing number of the step that fails, from 0 */
        Starving(long failing) {
            this.failing = failing;
        }

        @Override
        public String name() {
            return toy.name();
        }

        @Override
        public String title() {
            return toy.title();
        }

        @Override
        public List<Integer> sizes() {
            return List.of(SIDE, 64);
        }

        @Override
        public Class<ToyFamily.Own> optionsType() {
            return toy.optionsType();
        }

        @Override
        public ToyFamily.Own defaults() {
            return toy.defaults();
        }

        @Override
        public GenerativeModel create(GeneratorOptions common, ToyFamily.Own own, Compute compute) {
            GenerativeModel model = toy.create(common, own, compute);
            return (GenerativeModel) Proxy.newProxyInstance(
                    Starving.class.getClassLoader(), new Class<?>[] {GenerativeModel.class}, (proxy, method, given) -> {
                        if (method.getName().equals("step") && (long) given[1] == failing) {
                            throw new RuntimeException("CUDA out of memory. Tried to allocate 2.00 GiB.");
                        }
                        try {
                            return method.invoke(model, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Sampler load(GeneratorOptions common, ToyFamily.Own own, Map<String, Tensor> snapshot, Compute compute) {
            return toy.load(common, own, snapshot, compute);
        }

        @Override
        public GeneratorSummary summary(GeneratorOptions common, ToyFamily.Own own) {
            return toy.summary(common, own);
        }
    }

    @TempDir
    Path folder;

    private void train(Starving family, Progress progress) throws IOException {
        Dataset dataset = Dataset.open(folder.resolve("dataset"));
        GeneratorSpec<?> options = family.preset(Preset.PAPER)
                .common(common -> common.size(SIDE).batch(4).epochs(6).snapshotEvery(6));
        LearnedClasses classes = LearnedClasses.of("malignant", dataset.training(), false);
        TrainingPart real = classes.of(dataset.training());
        GeneratorRun run =
                GeneratorRun.create(folder.resolve("run"), real, classes, options, Optional.empty(), Optional.empty());
        new GeneratorTrainer(options, Compute.cpu(), progress).train(real, run, Optional.empty());
    }

    @Test
    void aTrainingWithoutMemoryNamesTheLargestBatch() throws IOException {
        TinyTraining.prepare(folder);
        String message = assertThrows(MissingRequirementException.class, () -> train(new Starving(2), Progress.SILENT))
                .getMessage();
        assertTrue(
                message.contains(
                        "does not hold a training step of 4 images at once; the largest batch found that fits has"
                                + " 2: begin again with --batch 2"),
                message);
        assertEquals(0, ReaderThreads.count());
    }

    @Test
    void aTrainingThatIsStoppedEndsItsReader() throws IOException {
        TinyTraining.prepare(folder);
        StopAfter stopper = new StopAfter("training the GAN, images", 8);
        assertThrows(InterruptedRunException.class, () -> train(new Starving(Long.MAX_VALUE), stopper));
        assertEquals(List.of(4L, 8L), stopper.told());
        assertEquals(0, ReaderThreads.count());
    }
}
