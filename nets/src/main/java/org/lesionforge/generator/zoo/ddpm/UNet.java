package org.lesionforge.generator.zoo.ddpm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;

/**
 * The U-Net of Ho et al. (2020, appendix B): residual blocks on the way down to an eighth of the side and up again, where each level also takes
 * what the way down had there; attention where maps have 16 × 16 places and at the bottom. It answers with the noise in an image, and begins by
 * answering 0.
 */
final class UNet extends Module {
    /** Width of each level in multiples of the first, from the image's own side down. */
    private static final int[] MULTIPLIERS = {1, 2, 2, 2};

    /** Residual blocks of a level on the way down; on the way up there is one more, for the level's own input. */
    private static final int BLOCKS = 2;

    /** Side of the maps with attention. */
    private static final int ATTENTION = 16;

    /** A residual block, with attention behind it at some sides. */
    private record Stage(String name, int side, ResidualBlock block, Optional<SelfAttention> attention) {
        Tensor forward(Tensor x, Tensor embedding, Optional<Dropout> dropout) {
            Tensor after = block.forward(x, embedding, dropout);
            return attention.isPresent() ? attention.get().forward(after) : after;
        }

        /** Before and behind each norm and SiLU, what dropout leaves, and the sums; attention keeps its three parts beside that. */
        long activations() {
            long values = 3L * block.in() + 9L * block.out() + (attention.isPresent() ? 7L * block.out() : 0);
            return values * side * side;
        }

        void describe(UNetWalk walk) {
            walk.widen(2, side);
            attention.ifPresent(own -> walk.seeAll());
            walk.pass(
                    name,
                    "residual block of " + block.in() + " channels" + (attention.isPresent() ? ", attention" : ""),
                    block.out(),
                    side,
                    Stream.concat(block.layers(), attention.stream().flatMap(SelfAttention::layers)),
                    block.multiplyAdds(side)
                            + attention.map(own -> own.multiplyAdds(side)).orElse(0L));
        }
    }

    /** A level: its blocks, and the convolution that leads to the next one, if there is a next. */
    private record Level(String name, int side, List<Stage> stages, Optional<Conv2dImpl> change) {
        int out() {
            return stages.get(stages.size() - 1).block().out();
        }
    }

    private final int channels;
    private final int size;
    private final int width;
    private final TimeEmbedding time;
    private final Optional<LabelEmbedding> label;
    private final Conv2dImpl first;
    private final List<Level> downs = new ArrayList<>();
    private final List<Stage> middle;
    private final List<Level> ups = new ArrayList<>();
    private final GroupNormImpl norm;
    private final Conv2dImpl last;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param channels of the images
     * @param size side of the images, a multiple of 16
     * @param width channels at the image's own side
     * @param classes that it tells apart; empty for a net that is not conditional
     * @param seed of the weights
     */
    UNet(int channels, int size, int width, OptionalInt classes, Seed seed) {
        this.channels = channels;
        this.size = size;
        this.width = width;
        time = new TimeEmbedding(this, width);
        label = classes.isPresent()
                ? Optional.of(new LabelEmbedding(this, classes.getAsInt(), TimeEmbedding.length(width)))
                : Optional.empty();
        first = register_module("first", UNetLayers.conv(channels, width, 3, 1));
        Deque<Integer> skipped = new ArrayDeque<>(List.of(width));
        int now = width;
        for (int level = 0; level < MULTIPLIERS.length; level++) {
            now = addDown(level, now, skipped);
        }
        int bottom = size >> (MULTIPLIERS.length - 1);
        middle = List.of(
                new Stage("middle0", bottom, block("middle0", now, now), Optional.of(attention("middle0", now))),
                new Stage("middle1", bottom, block("middle1", now, now), Optional.empty()));
        for (int level = MULTIPLIERS.length - 1; level >= 0; level--) {
            now = addUp(level, now, skipped);
        }
        norm = register_module("norm", UNetLayers.norm(now));
        last = register_module("last", UNetLayers.conv(now, channels, 3, 1));
        UNetWeights.draw(this, seed);
        stages().forEach(stage -> {
            UNetWeights.zero(stage.block().startingWithZero());
            stage.attention().ifPresent(attention -> UNetWeights.zero(attention.startingWithZero()));
        });
        UNetWeights.zero(List.of(last.weight()));
    }

    private int addDown(int level, int before, Deque<Integer> skipped) {
        int now = before;
        int next = width * MULTIPLIERS[level];
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            stages.add(stage("down" + level + "_" + i, size >> level, now, next));
            now = next;
            skipped.push(now);
        }
        boolean more = level < MULTIPLIERS.length - 1;
        if (more) {
            skipped.push(now);
        }
        downs.add(new Level(
                "down" + level,
                size >> level,
                stages,
                more
                        ? Optional.of(register_module("down" + level, UNetLayers.conv(now, now, 3, 2)))
                        : Optional.empty()));
        return now;
    }

    private int addUp(int level, int before, Deque<Integer> skipped) {
        int now = before;
        int next = width * MULTIPLIERS[level];
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i <= BLOCKS; i++) {
            stages.add(stage("up" + level + "_" + i, size >> level, now + skipped.pop(), next));
            now = next;
        }
        ups.add(new Level(
                "up" + level,
                size >> level,
                stages,
                level > 0
                        ? Optional.of(register_module("up" + level, UNetLayers.conv(now, now, 3, 1)))
                        : Optional.empty()));
        return now;
    }

    private Stage stage(String name, int side, int in, int out) {
        return new Stage(
                name,
                side,
                block(name, in, out),
                side == ATTENTION ? Optional.of(attention(name, out)) : Optional.empty());
    }

    private ResidualBlock block(String name, int in, int out) {
        return new ResidualBlock(this, name, in, out, TimeEmbedding.length(width));
    }

    private SelfAttention attention(String name, int of) {
        return new SelfAttention(this, name + "_attention", of);
    }

    private List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        downs.forEach(level -> stages.addAll(level.stages()));
        stages.addAll(middle);
        ups.forEach(level -> stages.addAll(level.stages()));
        return stages;
    }

    /**
     * Tells the noise in images.
     *
     * @param images n × channels × size × size, in channels-last memory
     * @param times of the schedule, one for each image
     * @param labels of the images, {@link LabelEmbedding#NONE} for any, n int64 on their device; a net that is not conditional takes no notice of
     *     them
     * @param dropout in training
     * @return of the images' shape
     */
    Tensor forward(Tensor images, int[] times, Tensor labels, Optional<Dropout> dropout) {
        try (Scope scope = new Scope()) {
            // Every block begins with SiLU of it.
            Tensor ofTime = time.forward(times, images.device());
            Tensor embedding =
                    torch.silu(label.isPresent() ? ofTime.add(label.get().forward(labels)) : ofTime);
            Deque<Tensor> skipped = new ArrayDeque<>();
            Tensor x = first.forward(images);
            skipped.push(x);
            for (Level level : downs) {
                for (Stage stage : level.stages()) {
                    x = stage.forward(x, embedding, dropout);
                    skipped.push(x);
                }
                if (level.change().isPresent()) {
                    x = level.change().get().forward(x);
                    skipped.push(x);
                }
            }
            for (Stage stage : middle) {
                x = stage.forward(x, embedding, dropout);
            }
            for (Level level : ups) {
                for (Stage stage : level.stages()) {
                    x = stage.forward(torch.cat(new TensorVector(x, skipped.pop()), 1), embedding, dropout);
                }
                if (level.change().isPresent()) {
                    long side = 2L * level.side();
                    x = level.change().get().forward(torch.upsample_nearest2d(x, side, side));
                }
            }
            return scope.keep(last.forward(torch.silu(norm.forward(x))));
        }
    }

    /** What it consists of, from the image on. */
    ModelSummary summary() {
        UNetWalk walk = new UNetWalk(size);
        walk.pass(
                "time",
                "sines of the time, fully connected, SiLU, fully connected",
                TimeEmbedding.length(width),
                1,
                time.layers(),
                time.multiplyAdds());
        label.ifPresent(
                its -> walk.pass("label", "a vector for each class", TimeEmbedding.length(width), 1, its.parameters()));
        walk.widen(1, size);
        walk.pass("first", "convolution", width, size, Stream.of(first), convolution(channels, width, size));
        for (Level level : downs) {
            level.stages().forEach(stage -> stage.describe(walk));
            describeChange(walk, level, "convolution, stride 2", level.side() / 2);
        }
        middle.forEach(stage -> stage.describe(walk));
        for (Level level : ups) {
            level.stages().forEach(stage -> stage.describe(walk));
            describeChange(walk, level, "twice the side, convolution", 2 * level.side());
        }
        walk.widen(1, size);
        walk.pass(
                "last",
                "group norm, SiLU, convolution",
                channels,
                size,
                Stream.of(norm, last),
                convolution(width, channels, size));
        return walk.summary();
    }

    /** @param side after the change, if the level has one */
    private static void describeChange(UNetWalk walk, Level level, String does, int side) {
        level.change().ifPresent(change -> {
            int out = level.out();
            walk.widen(1, Math.max(level.side(), side));
            walk.pass(level.name(), does, out, side, Stream.of(change), convolution(out, out, side));
        });
    }

    /** Numbers that a training step keeps of one image until the way back, gradients that pass by among them. */
    long activations() {
        return stages().stream().mapToLong(Stage::activations).sum() + 4L * width * size * size;
    }

    private static long convolution(long in, long out, long side) {
        return 9 * in * out * side * side;
    }
}
