package org.lesionforge.nn;

import java.util.List;

/**
 * A map of features between two layers, without its values: its size, how much of the input one place of it sees, and what it has cost to come
 * here. Convolutions tell theirs by the weights that were built, so a description cannot differ from the network.
 *
 * <p>The receptive field and its step follow Araujo et al. 2019 (<i>Computing Receptive Fields of Convolutional Neural Networks</i>, Distill): a
 * window of k places, every s-th one, makes r + (k − 1)·j of a field r, and j·s of a step j.
 *
 * @param channels of the map
 * @param height from top to bottom
 * @param width from left to right
 * @param multiplyAdds of one image, from the input up to here; of convolutions and linear layers, without biases and normalisation, those with
 *     zeros of the padding included, as they are usually counted
 */
public record Extent(long channels, Axis height, Axis width, long multiplyAdds) {
    /**
     * One direction of a map.
     *
     * @param places from one border to the other
     * @param field places of the input that one place sees; it may exceed the input
     * @param step places of the input between two neighbours
     */
    public record Axis(long places, long field, long step) {
        private Axis through(long window, long stride, long padding) {
            if (places + 2 * padding < window) {
                throw new IllegalArgumentException(
                        "a map of " + places + " places is smaller than a window of " + window);
            }
            return new Axis((places + 2 * padding - window) / stride + 1, field + (window - 1) * step, step * stride);
        }

        private Axis padded(long after) {
            return new Axis(places + after, field, step);
        }

        /** By windows the last of which may reach over the end, but not begin beyond it. */
        private Axis throughAll(long window, long stride) {
            long beyond = Math.floorMod(window - places, stride);
            return padded(beyond).through(window, stride, 0);
        }

        private Axis whole() {
            return new Axis(1, field + (places - 1) * step, places * step);
        }

        private Axis and(Axis other) {
            if (places != other.places || step != other.step) {
                throw new IllegalArgumentException("branches give maps of " + places + " and " + other.places
                        + " places, with steps of " + step + " and " + other.step);
            }
            return new Axis(places, Math.max(field, other.field), step);
        }
    }

    /**
     * A square image, where a walk begins.
     *
     * @param channels 3 for RGB
     * @param side in pixels
     * @return a map whose places are the pixels, at no cost
     */
    public static Extent image(long channels, long side) {
        Axis axis = new Axis(side, 1, 1);
        return new Extent(channels, axis, axis, 0);
    }

    /**
     * Behind a convolution.
     *
     * @param shape of its weight: out × in × height × width
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     * @return the map that it gives
     * @throws IllegalArgumentException when it takes another number of channels, or its window is larger than the padded map
     */
    public Extent convolved(long[] shape, long[] stride, long[] padding) {
        return convolved(shape, stride, padding, 1);
    }

    /**
     * Behind a convolution whose channels are in groups, each of which reads its own.
     *
     * @param shape of its weight: out × in of a group × height × width
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     * @param groups as many as channels for a depthwise convolution
     * @return the map that it gives
     * @throws IllegalArgumentException when it takes another number of channels, or its window is larger than the padded map
     */
    public Extent convolved(long[] shape, long[] stride, long[] padding, long groups) {
        if (shape[1] * groups != channels) {
            throw new IllegalArgumentException("expected " + shape[1] * groups + " channels, got " + channels);
        }
        Extent out = pooled(shape[2], shape[3], stride, padding);
        long weights = shape[0] * shape[1] * shape[2] * shape[3];
        return new Extent(
                shape[0], out.height, out.width, multiplyAdds + weights * out.height.places() * out.width.places());
    }

    /**
     * Behind a pool, whose places are those of a convolution of that window.
     *
     * @param windowHeight in places
     * @param windowWidth in places
     * @param stride {vertical, horizontal}
     * @param padding {above and below, left and right}
     * @return the map that it gives, at no cost
     * @throws IllegalArgumentException when the window is larger than the padded map
     */
    public Extent pooled(long windowHeight, long windowWidth, long[] stride, long[] padding) {
        return new Extent(
                channels,
                height.through(windowHeight, stride[0], padding[0]),
                width.through(windowWidth, stride[1], padding[1]),
                multiplyAdds);
    }

    /**
     * Behind a pool the last windows of which may reach over the bottom and the right, so that it sees every place.
     *
     * @param window side in places
     * @param stride from one window to the next, at most the window's side
     * @return the map that it gives, at no cost
     * @throws IllegalArgumentException when the map is so small that no window is left
     */
    public Extent pooledOver(long window, long stride) {
        return new Extent(channels, height.throughAll(window, stride), width.throughAll(window, stride), multiplyAdds);
    }

    /**
     * With zeros at the bottom and the right alone.
     *
     * @param places how many rows and columns of them
     * @return the larger map
     */
    public Extent padded(long places) {
        return new Extent(channels, height.padded(places), width.padded(places), multiplyAdds);
    }

    /**
     * Behind layers in which every number depends on the whole map.
     *
     * @param numbers that they give
     * @param weights of theirs, each of which is used once
     * @return a map of one place, with the numbers as its channels
     */
    public Extent connected(long numbers, long weights) {
        return new Extent(numbers, height.whole(), width.whole(), multiplyAdds + weights);
    }

    /**
     * The same map, for which something is computed beside it.
     *
     * @param more multiplications with additions
     * @return the map at a higher cost
     */
    public Extent costing(long more) {
        return new Extent(channels, height, width, multiplyAdds + more);
    }

    /**
     * The channels of several branches that begin here, one after the other.
     *
     * @param branches at least one, each the map behind one
     * @return the map that they give together: it sees as far as the farthest, and costs as much as all
     * @throws IllegalArgumentException when their maps are not of one size
     */
    public Extent concatenated(List<Extent> branches) {
        return merged(branches.stream().mapToLong(Extent::channels).sum(), branches);
    }

    /**
     * The sum of several branches that begin here, place by place.
     *
     * @param branches at least one, each the map behind one
     * @return the map that they give together: it sees as far as the farthest, and costs as much as all
     * @throws IllegalArgumentException when their maps are not of one size, or not of as many channels
     */
    public Extent added(List<Extent> branches) {
        long each = branches.get(0).channels;
        for (Extent branch : branches) {
            if (branch.channels != each) {
                throw new IllegalArgumentException(
                        "branches to add give " + each + " and " + branch.channels + " channels");
            }
        }
        return merged(each, branches);
    }

    private Extent merged(long merged, List<Extent> branches) {
        Extent first = branches.get(0);
        Axis rows = first.height;
        Axis columns = first.width;
        long cost = multiplyAdds;
        for (Extent branch : branches) {
            rows = rows.and(branch.height);
            columns = columns.and(branch.width);
            cost += branch.multiplyAdds - multiplyAdds;
        }
        return new Extent(merged, rows, columns, cost);
    }

    /**
     * The side of a square map.
     *
     * @return places
     * @throws IllegalStateException when it is not square
     */
    public int side() {
        requireSquare(height.places(), width.places());
        return Math.toIntExact(height.places());
    }

    /**
     * The side of the square of the input that one place sees.
     *
     * @return places of the input
     * @throws IllegalStateException when it is not square
     */
    public int field() {
        requireSquare(height.field(), width.field());
        return Math.toIntExact(height.field());
    }

    private static void requireSquare(long height, long width) {
        if (height != width) {
            throw new IllegalStateException("not a square: " + height + " × " + width);
        }
    }
}
