package org.lesionforge.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.RocCurve;

/**
 * How well a few numbers separate one class from the rest: least squares on the numbers, their squares and their
 * products, so that "too pink or too pale" can be learned, too; evaluated by cross-validation with groups kept
 * together.
 */
final class LinearRule {
    private static final int MOST_FOLDS = 5;
    /** Regularisation, so that the equations can be solved even if numbers are constant or dependent. */
    private static final double RIDGE = 1e-6;

    private final double[][] x;
    private final boolean[] positive;
    private final int[] folds;
    private final int foldCount;

    /**
     * @param x numbers of each image
     * @param groups images of one group are in one fold
     */
    LinearRule(double[][] x, boolean[] positive, String[] groups) {
        this.x = x;
        this.positive = positive;
        this.folds = new int[x.length];
        this.foldCount = divide(groups);
    }

    /** Mean area under the ROC curve over the folds, each predicted from the others; {@code NaN} with fewer than 2 groups of a class. */
    double auc() {
        double sum = 0;
        int judged = 0;
        for (int fold = 0; fold < foldCount; fold++) {
            double auc = auc(fold);
            if (!Double.isNaN(auc)) {
                sum += auc;
                judged++;
            }
        }
        return judged == 0 ? Double.NaN : sum / judged;
    }

    /** Groups with and without a positive image are assigned to folds in turn, each in random order. */
    private int divide(String[] groups) {
        Set<String> withPositive = new HashSet<>();
        for (int i = 0; i < groups.length; i++) {
            if (positive[i]) {
                withPositive.add(groups[i]);
            }
        }
        List<String> names = List.copyOf(new TreeSet<>(List.of(groups)));
        int least = Math.min(withPositive.size(), names.size() - withPositive.size());
        int count = Math.min(MOST_FOLDS, least);
        if (count < 2) {
            return 0;
        }
        Map<String, Integer> foldOf = new HashMap<>();
        int[] dealt = new int[2];
        for (int place : new Seed(0).of("folds").permutation(names.size())) {
            String name = names.get(place);
            foldOf.put(name, dealt[withPositive.contains(name) ? 1 : 0]++ % count);
        }
        Arrays.setAll(folds, i -> foldOf.get(groups[i]));
        return count;
    }

    private double auc(int fold) {
        int[] fit = Arrays.stream(indices()).filter(i -> folds[i] != fold).toArray();
        int[] judge = Arrays.stream(indices()).filter(i -> folds[i] == fold).toArray();
        Terms terms = Terms.of(x, fit);
        double[] weights = solve(terms, fit);
        boolean[] truth = new boolean[judge.length];
        double[] scores = new double[judge.length];
        for (int k = 0; k < judge.length; k++) {
            truth[k] = positive[judge[k]];
            double[] values = terms.of(x[judge[k]]);
            for (int t = 0; t < values.length; t++) {
                scores[k] += weights[t] * values[t];
            }
        }
        return RocCurve.of(truth, scores).auc();
    }

    private double[] solve(Terms terms, int[] fit) {
        int t = terms.count();
        DMatrixRMaj products = new DMatrixRMaj(t, t);
        DMatrixRMaj target = new DMatrixRMaj(t, 1);
        for (int i : fit) {
            double[] values = terms.of(x[i]);
            for (int a = 0; a < t; a++) {
                for (int b = 0; b < t; b++) {
                    products.add(a, b, values[a] * values[b]);
                }
                target.add(a, 0, positive[i] ? values[a] : 0);
            }
        }
        for (int a = 0; a < t; a++) {
            products.add(a, a, RIDGE * fit.length);
        }
        DMatrixRMaj weights = new DMatrixRMaj(t, 1);
        CommonOps_DDRM.solve(products, target, weights);
        return weights.data;
    }

    private int[] indices() {
        int[] all = new int[x.length];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** 1, the standardised numbers, their squares and their products. */
    private record Terms(double[] mean, double[] deviation) {
        static Terms of(double[][] x, int[] fit) {
            int d = x[0].length;
            double[] mean = new double[d];
            double[] deviation = new double[d];
            for (int k = 0; k < d; k++) {
                for (int i : fit) {
                    mean[k] += x[i][k] / fit.length;
                }
                for (int i : fit) {
                    deviation[k] += Math.pow(x[i][k] - mean[k], 2) / fit.length;
                }
                // A constant becomes 0 instead of magnified rounding errors.
                deviation[k] =
                        deviation[k] > 1e-12 * (1 + mean[k] * mean[k]) ? Math.sqrt(deviation[k]) : Double.MAX_VALUE;
            }
            return new Terms(mean, deviation);
        }

        int count() {
            int d = mean.length;
            return 1 + d + d * (d + 1) / 2;
        }

        double[] of(double[] numbers) {
            double[] terms = new double[count()];
            int at = 0;
            terms[at++] = 1;
            int d = mean.length;
            for (int k = 0; k < d; k++) {
                terms[at++] = (numbers[k] - mean[k]) / deviation[k];
            }
            for (int k = 0; k < d; k++) {
                for (int l = k; l < d; l++) {
                    terms[at++] = terms[1 + k] * terms[1 + l];
                }
            }
            return terms;
        }
    }
}
