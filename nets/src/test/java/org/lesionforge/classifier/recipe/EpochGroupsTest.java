package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.training.Position;

final class EpochGroupsTest {
    private static final List<int[]> BATCHES =
            List.of(new int[] {4, 2, 0, 6}, new int[] {1, 3, 5, 7}, new int[] {8, 9});

    private static String left(SoftLabels softLabels, Position from, int microBatch) {
        return new EpochGroups(softLabels, 8, new Seed(3))
                .left(BATCHES, from, microBatch).stream()
                        .map(Arrays::toString)
                        .toList()
                        .toString();
    }

    @Test
    void whatIsNotMixedComesByMicroBatches() {
        assertEquals(
                "[[4, 2], [0, 6], [1, 3], [5, 7], [8, 9]]", left(TrainingRecipe.PAPER.softLabels(), Position.START, 2));
        assertEquals(
                "[[4, 2, 0, 6], [1, 3, 5, 7], [8, 9]]", left(TrainingRecipe.PAPER.softLabels(), Position.START, 128));
    }

    @Test
    void aTrainingThatIsResumedTakesWhatIsLeft() {
        assertEquals("[[5, 7], [8, 9]]", left(TrainingRecipe.PAPER.softLabels(), new Position(1, 1, 1), 2));
        assertEquals("[]", left(TrainingRecipe.PAPER.softLabels(), new Position(1, 3, 0), 2));
    }

    @Test
    void whatIsMixedComesByWholeBatchesAsEachStepIsDrawn() {
        SoftLabels half = new SoftLabels(0, 0.4, 0, 0.5);
        EpochGroups groups = new EpochGroups(half, 8, new Seed(3));
        boolean mixed = false;
        boolean plain = false;
        for (int epoch = 1; epoch <= 10; epoch++) {
            int expected = 0;
            for (int batch = 0; batch < 3; batch++) {
                boolean mixes =
                        !groups.mix(new Position(epoch, batch, 0).step(3)).equals(Mix.NONE);
                mixed |= mixes;
                plain |= !mixes;
                expected += mixes || batch == 2 ? 1 : 2;
            }
            assertEquals(
                    expected, groups.left(BATCHES, new Position(epoch, 0, 0), 2).size());
        }
        assertTrue(mixed && plain, "half of the steps are mixed");
    }

    @Test
    void aMixedBatchThatIsBegunIsMadeAgainWhole() {
        SoftLabels always = new SoftLabels(0, 0.4, 0, 1);
        assertEquals("[[1, 3, 5, 7], [8, 9]]", left(always, new Position(1, 1, 1), 2));
    }
}
