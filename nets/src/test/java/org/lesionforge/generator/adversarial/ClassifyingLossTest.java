package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Two classes and "generated": three logits. */
final class ClassifyingLossTest {
    private static final ClassifyingLoss LOSS = new ClassifyingLoss();

    private static final double[][] LOGITS = {{1.5, -0.5, 0.25}, {-2, 3, 1}, {0.1, 0.2, 4}, {50, -3, -40}};
    private static final long[] LABELS = {0, 1, 0, 1};

    private static Tensor logits(double more) {
        float[] values = new float[12];
        for (int i = 0; i < 12; i++) {
            values[i] = (float) (LOGITS[i / 3][i % 3] + more);
        }
        return Tensors.of(values, 4, 3);
    }

    /** The form of K + 1 logits: one minus the softmax of the last. */
    private static double real(double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - logits[2]);
        }
        return 1 - 1 / sum;
    }

    @Test
    void bothFormsOfRealAgree() {
        try (Scope scope = new Scope()) {
            float[] probabilities =
                    Tensors.floats(ClassifyingLoss.realness(logits(0)).sigmoid());
            double mean = 0;
            for (int i = 0; i < 4; i++) {
                assertEquals(real(LOGITS[i]), probabilities[i], 1e-6);
                mean += real(LOGITS[i]) / 4;
            }
            assertEquals(mean, Tensors.item(LOSS.score(logits(0))), 1e-6);
        }
    }

    @Test
    void theLossesAreThoseOfTheirProbabilities() {
        double onReal = 0;
        double onFake = 0;
        double ofClasses = 0;
        for (int i = 0; i < 4; i++) {
            double[] l = LOGITS[i];
            // Z with the generated logit taken off the others: softplus(−Z) and softplus(Z).
            double z = Math.log(Math.exp(l[0] - l[2]) + Math.exp(l[1] - l[2]));
            onReal += Math.log1p(Math.exp(-z)) / 4;
            onFake += (z > 30 ? z : Math.log1p(Math.exp(z))) / 4;
            ofClasses += (Math.log(Math.exp(l[0]) + Math.exp(l[1])) - l[(int) LABELS[i]]) / 4;
        }
        try (Scope scope = new Scope()) {
            Tensor labels = Tensors.ofLongs(LABELS, 4);
            assertEquals(onReal, Tensors.item(LOSS.onReal(logits(0))), 1e-6);
            assertEquals(onReal, Tensors.item(LOSS.ofGenerator(logits(0))), 1e-6);
            assertEquals(onFake, Tensors.item(LOSS.onFake(logits(0))), 1e-5);
            assertEquals(
                    ofClasses, Tensors.item(LOSS.ofClasses(logits(0), labels).orElseThrow()), 1e-5);
        }
        assertTrue(LOSS.classifies());
        assertFalse(new NonSaturatingLoss(1).classifies());
    }

    @Test
    void aConstantOnAllLogitsChangesNothing() {
        try (Scope scope = new Scope()) {
            Tensor labels = Tensors.ofLongs(LABELS, 4);
            for (double more : new double[] {-7, 100}) {
                assertEquals(Tensors.item(LOSS.onReal(logits(0))), Tensors.item(LOSS.onReal(logits(more))), 1e-5);
                assertEquals(Tensors.item(LOSS.onFake(logits(0))), Tensors.item(LOSS.onFake(logits(more))), 1e-5);
                assertEquals(
                        Tensors.item(LOSS.ofClasses(logits(0), labels).orElseThrow()),
                        Tensors.item(LOSS.ofClasses(logits(more), labels).orElseThrow()),
                        1e-5);
                assertEquals(Tensors.item(LOSS.score(logits(0))), Tensors.item(LOSS.score(logits(more))), 1e-6);
            }
        }
    }

    /** The classes say nothing of the logit of "generated", and push their own up and the others down. */
    @Test
    void theClassesMoveTheirOwnLogitsAlone() {
        try (Scope scope = new Scope()) {
            Tensor logits = Tensors.of(new float[] {0, 0, 5}, 1, 3).requires_grad_(true);
            LOSS.ofClasses(logits, Tensors.ofLongs(new long[] {1}, 1))
                    .orElseThrow()
                    .backward();
            assertArrayEquals(new float[] {0.5f, -0.5f, 0}, Tensors.floats(logits.grad()), 1e-6f);
            Tensor more = logits.detach().mul(new Scalar(1)).requires_grad_(true);
            LOSS.onFake(more).backward();
            // p(class k) of a generated image falls by its share, p(generated) rises: softmax minus the target.
            double e = Math.exp(5);
            assertArrayEquals(
                    new float[] {(float) (1 / (2 + e)), (float) (1 / (2 + e)), (float) (e / (2 + e) - 1)},
                    Tensors.floats(more.grad()),
                    1e-6f);
        }
    }
}
