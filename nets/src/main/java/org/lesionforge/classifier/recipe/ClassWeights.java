package org.lesionforge.classifier.recipe;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Weights of the classes in the loss that make up for their numbers. */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * {@return n / (classes · images of the class) for each class} Every class weighs as much as any other, and the mean over the images is 1, so that the learning
     * rate means what it means without weights.
     *
     * @param counts images of each class, at least 1 of each
     */
    public static float[] balanced(int[] counts) {
        return balanced(IntStream.of(counts).asDoubleStream().toArray());
    }

    /**
     * {@return the same where images have weights of their own}
     *
     * @param counts sum of the weights of each class's images, above 0
     */
    static float[] balanced(double[] counts) {
        double n = DoubleStream.of(counts).sum();
        float[] weights = new float[counts.length];
        for (int c = 0; c < counts.length; c++) {
            weights[c] = (float) (n / counts.length / counts[c]);
        }
        return weights;
    }
}
