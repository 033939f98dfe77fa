package org.lesionforge.classifier.probe;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function from its gradients: limited-memory BFGS (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm
 * 7.4), each step found by bisection until it satisfies the weak Wolfe conditions.
 *
 * <p>Written here because no library on Maven Central has it in less than a toolbox under a free licence.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int TRIALS = 60;
    /** Of the value: near the minimum decreases are lost in rounding, and a step may not fail by that. */
    private static final double ROUNDING = 1e-14;

    private Lbfgs() {}

    /** A function of a vector. */
    interface Function {
        /**
         * @param point not changed
         * @param gradient of the same length, receives the gradient there
         * @return the value at {@code point}
         */
        double at(double[] point, double[] gradient);
    }

    /**
     * Where the search has ended.
     *
     * @param point the best one found
     * @param value there
     * @param gradientNorm largest component of the gradient there, by absolute value
     * @param iterations steps that were made
     * @param converged whether {@code gradientNorm} is at most the tolerance
     */
    record Minimum(double[] point, double value, double gradientNorm, int iterations, boolean converged) {}

    /** A step and what it did to the gradient. */
    private record Pair(double[] step, double[] change, double product) {}

    /**
     * Searches the minimum.
     *
     * @param start left as it is
     * @param tolerance of the largest component of the gradient
     * @param iterations at most
     */
    static Minimum minimise(Function function, double[] start, double tolerance, int iterations) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = function.at(point, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        int iteration = 0;
        while (largest(gradient) > tolerance && iteration < iterations) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            // The first direction has the length of a gradient, which says nothing of the distance.
            double length = pairs.isEmpty() ? Math.min(1, 1 / largest(gradient)) : 1;
            double shortest = 0;
            double longest = Double.POSITIVE_INFINITY;
            double found = Double.NaN;
            for (int trial = 0; trial < TRIALS; trial++) {
                move(point, direction, length, next);
                double reached = function.at(next, nextGradient);
                if (!(reached <= value + SUFFICIENT_DECREASE * length * slope + ROUNDING * Math.abs(value))) {
                    longest = length;
                } else if (dot(direction, nextGradient) < CURVATURE * slope) {
                    shortest = length;
                } else {
                    found = reached;
                    break;
                }
                length = longest < Double.POSITIVE_INFINITY ? (shortest + longest) / 2 : 2 * length;
            }
            if (Double.isNaN(found)) {
                break;
            }
            remember(pairs, difference(next, point), difference(nextGradient, gradient));
            System.arraycopy(next, 0, point, 0, point.length);
            System.arraycopy(nextGradient, 0, gradient, 0, point.length);
            value = found;
            iteration++;
        }
        double norm = largest(gradient);
        return new Minimum(point, value, norm, iteration, norm <= tolerance);
    }

    /** The two-loop recursion: −H g, where H stands for the inverse Hessian as the pairs show it. */
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] direction = gradient.clone();
        double[] shares = new double[pairs.size()];
        int i = 0;
        for (Pair pair : pairs) {
            shares[i] = dot(pair.step(), direction) / pair.product();
            add(direction, -shares[i], pair.change());
            i++;
        }
        Pair latest = pairs.peekFirst();
        double scale = latest == null ? -1 : -latest.product() / dot(latest.change(), latest.change());
        for (int j = 0; j < direction.length; j++) {
            direction[j] *= scale;
        }
        for (Iterator<Pair> oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
            Pair pair = oldestFirst.next();
            i--;
            add(direction, -shares[i] - dot(pair.change(), direction) / pair.product(), pair.step());
        }
        return direction;
    }

    private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
        double product = dot(step, change);
        // Positive by the Wolfe condition, unless it is lost in rounding.
        if (product > 0) {
            if (pairs.size() == MEMORY) {
                pairs.removeLast();
            }
            pairs.addFirst(new Pair(step, change, product));
        }
    }

    private static void move(double[] from, double[] direction, double length, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
        add(to, length, direction);
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    private static void add(double[] target, double times, double[] values) {
        for (int j = 0; j < target.length; j++) {
            target[j] += times * values[j];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /** By absolute value. */
    private static double largest(double[] vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }
}
