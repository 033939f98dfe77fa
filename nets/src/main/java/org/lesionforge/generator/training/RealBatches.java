package org.lesionforge.generator.training;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.feed.ImageFeed;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.Rounds;

/** The real images of a training, a batch for each iteration. Which ones follows from the seed and the iteration's number. */
final class RealBatches implements AutoCloseable {
    private final TrainingPart real;
    private final LearnedClasses classes;
    private final boolean labelled;
    private final Schedule schedule;
    private final Device device;
    private final ImageFeed feed;
    private final ImageFeed.Passage passage;

    /** @param done iterations whose batches are not asked for again */
    RealBatches(
            TrainingPart real,
            LearnedClasses classes,
            GeneratorSpec<?> options,
            Schedule schedule,
            long done,
            Device device) {
        this.real = real;
        this.classes = classes;
        labelled = options.usesLabels();
        this.schedule = schedule;
        this.device = device;
        Rounds rounds = new Rounds(new Seed(options.common().seed()).of("order"), real.size(), real.size());
        feed = ImageFeed.repeated(real.at(options.common().size()), device);
        passage = feed.passage(LongStream.rangeClosed(done + 1, schedule.iterations())
                .mapToObj(iteration -> chosen(rounds, iteration))
                .iterator());
    }

    private int[] chosen(Rounds rounds, long iteration) {
        int first = schedule.position(iteration) * schedule.batch();
        return Arrays.copyOfRange(rounds.epoch(schedule.epoch(iteration)), first, first + schedule.batch());
    }

    /** The batch of the next iteration, in the memory of the scope that is open. */
    Batch next() {
        try (Scope scope = new Scope()) {
            ImageFeed.Group group = passage.next();
            return new Batch(
                    scope.keep(Tensors.images(group.bytes())),
                    scope.keep(labels(group.images())),
                    schedule.iterations());
        }
    }

    private Tensor labels(int... chosen) {
        long[] labels = Arrays.stream(chosen)
                .mapToLong(i -> labelled ? classes.index(real, i) : 0)
                .toArray();
        return Tensors.send(Tensors.ofLongs(labels, labels.length), device, ScalarType.Long);
    }

    @Override
    public void close() {
        passage.close();
        feed.close();
    }
}
