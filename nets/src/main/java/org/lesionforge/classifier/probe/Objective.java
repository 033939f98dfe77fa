package org.lesionforge.classifier.probe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is minimised: the weighted mean cross-entropy in nats of softmax regression on standardised vectors, plus l2/2 · Σ W². The bias is free.
 *
 * <p>Parameters are W, class by class, then the biases. The examples are cut into blocks that depend on their number alone and are summed in
 * order, so that any number of threads gives the same bits.
 */
final class Objective implements Lbfgs.Function {
    private static final int LEAST_ROWS = 64;
    private static final int MOST_BLOCKS = 64;

    private final Examples examples;
    private final int[] rows;
    private final Standardisation standardisation;
    private final double l2;
    private final double weight;
    private final int dimensions;

    /** @param rows of the examples that are fitted to, at least one */
    Objective(Examples examples, int[] rows, Standardisation standardisation, double l2) {
        this.examples = examples;
        this.rows = rows;
        this.standardisation = standardisation;
        this.l2 = l2;
        dimensions = examples.features().dimensions();
        weight = IntStream.of(rows).mapToDouble(row -> examples.weights()[row]).sum();
    }

    /** W = 0 and the logarithm of each class's share: the minimum without any feature. */
    static double[] start(Examples examples, int[] rows) {
        int d = examples.features().dimensions();
        double[] start = new double[examples.classes() * (d + 1)];
        double[] shares = examples.shares(rows);
        for (int c = 0; c < shares.length; c++) {
            start[shares.length * d + c] = Math.log(shares[c]);
        }
        return start;
    }

    /** Adds over some rows. */
    private record Block(double loss, double[] gradient) {}

    @Override
    public double at(double[] point, double[] gradient) {
        int size = Math.max(LEAST_ROWS, (rows.length + MOST_BLOCKS - 1) / MOST_BLOCKS);
        List<Block> blocks = IntStream.range(0, (rows.length + size - 1) / size)
                .parallel()
                .mapToObj(b -> block(point, b * size, Math.min(rows.length, (b + 1) * size)))
                .toList();
        double squares = 0;
        int weights = examples.classes() * dimensions;
        for (int j = 0; j < weights; j++) {
            squares += point[j] * point[j];
            gradient[j] = l2 * point[j];
        }
        Arrays.fill(gradient, weights, gradient.length, 0);
        double loss = l2 / 2 * squares;
        for (Block block : blocks) {
            loss += block.loss;
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += block.gradient[j];
            }
        }
        return loss;
    }

    private Block block(double[] point, int from, int to) {
        int classes = examples.classes();
        double[] gradient = new double[point.length];
        double[] vector = new double[dimensions];
        double[] outputs = new double[classes];
        double loss = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            int label = examples.labels()[row];
            double share = examples.weights()[row] / weight;
            standardisation.read(examples.features(), row, vector);
            for (int c = 0; c < classes; c++) {
                outputs[c] = point[classes * dimensions + c] + dot(vector, point, c * dimensions);
            }
            double logit = outputs[label];
            loss += share * (Softmax.apply(outputs) - logit);
            for (int c = 0; c < classes; c++) {
                double excess = share * (outputs[c] - (c == label ? 1 : 0));
                gradient[classes * dimensions + c] += excess;
                add(gradient, c * dimensions, excess, vector);
            }
        }
        return new Block(loss, gradient);
    }

    /** In four sums, which a processor adds side by side; the order of additions stays fixed. */
    private static double dot(double[] vector, double[] point, int offset) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < vector.length; j += 4) {
            a += vector[j] * point[offset + j];
            b += vector[j + 1] * point[offset + j + 1];
            c += vector[j + 2] * point[offset + j + 2];
            d += vector[j + 3] * point[offset + j + 3];
        }
        for (; j < vector.length; j++) {
            a += vector[j] * point[offset + j];
        }
        return a + b + (c + d);
    }

    private static void add(double[] target, int offset, double times, double[] vector) {
        for (int j = 0; j < vector.length; j++) {
            target[offset + j] += times * vector[j];
        }
    }
}
