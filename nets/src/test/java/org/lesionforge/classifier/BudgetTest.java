package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.recipe.ClassWeights;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.Rounds;

/** How many images and steps an epoch has, and what each image weighs. */
final class BudgetTest {
    @Test
    void anEpochAsLongAsARoundIsARound() {
        Seed seed = new Seed(4);
        Rounds rounds = new Rounds(seed, 9, 9);
        for (int epoch = 1; epoch <= 3; epoch++) {
            assertArrayEquals(seed.at(epoch).permutation(9), rounds.epoch(epoch));
        }
    }

    @Test
    void roundsGoOnWhereAnEpochEnds() {
        for (int perEpoch : new int[] {2, 5, 7, 16}) {
            Rounds rounds = new Rounds(new Seed(4), 7, perEpoch);
            List<Integer> all = new ArrayList<>();
            for (int epoch = 1; epoch <= 14; epoch++) {
                Arrays.stream(rounds.epoch(epoch)).forEach(all::add);
            }
            for (int start = 0; start + 7 <= all.size(); start += 7) {
                assertEquals(
                        List.of(0, 1, 2, 3, 4, 5, 6),
                        all.subList(start, start + 7).stream().sorted().toList(),
                        "every image once before any comes again");
            }
        }
    }

    @Test
    void theSameNumberOfImagesIsTheSameNumberOfSteps() {
        ClassifierOptions options =
                ClassifierOptions.paper().with().epochs(20).batch(128).build();
        // ISIC 2017: 2,000 training images, 3,252 when balanced; 16 and 26 batches an epoch.
        assertEquals(20 * 16, options.steps(2000));
        assertEquals(20 * 26, options.steps(3252));
        ClassifierOptions equal = options.with().epochImages(2000).build();
        assertEquals(20 * 16, equal.steps(2000));
        assertEquals(20 * 16, equal.steps(3252));
    }

    @Test
    void weightedClassesWeighTheSameAndMicroBatchesAddUp() {
        assertArrayEquals(new float[] {2f / 3, 2}, ClassWeights.balanced(new int[] {6, 2}), 1e-7f);
        ClassifierOptions weighted =
                ClassifierOptions.paper().with().classWeights(true).build();
        Loss loss = new Loss(weighted.auxiliaryWeight(), weighted.classWeights(), new int[] {6, 2});
        try (Scope scope = new Scope()) {
            Tensor logits = Tensors.of(new float[] {0, 0, 0, (float) Math.log(3), 0, 0}, 3, 2);
            Tensor truth = Tensors.ofLongs(new long[] {0, 1, 1}, 3);
            // −ln ½ · ⅔, −ln ¾ · 2, −ln ½ · 2: divided by three images, not by the sum of their weights.
            double expected = (Math.log(2) * 2 / 3 + Math.log(4.0 / 3) * 2 + Math.log(2) * 2) / 3;
            assertEquals(expected, Tensors.item(loss.of(logits, truth)), 1e-6);
            double first =
                    Tensors.item(loss.of(Tensors.of(new float[] {0, 0}, 1, 2), Tensors.ofLongs(new long[] {0}, 1)));
            double rest = Tensors.item(loss.of(
                    Tensors.of(new float[] {0, (float) Math.log(3), 0, 0}, 2, 2),
                    Tensors.ofLongs(new long[] {1, 1}, 2)));
            assertEquals(expected, first / 3 + rest * 2 / 3, 1e-6);
        }
    }
}
