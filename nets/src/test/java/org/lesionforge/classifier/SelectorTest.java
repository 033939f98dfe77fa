package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.bytedeco.pytorch.LinearImpl;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Layers;

class SelectorTest {
    private static int chosen(Selection selection, double... validationLosses) {
        try (LinearImpl net = Layers.linear(1, 1, true);
                Selector selector = new Selector(selection, net)) {
            for (int i = 0; i < validationLosses.length; i++) {
                selector.accept(new EpochStats(
                        i + 1, 0.5, 0.5, Optional.of(validationLosses[i]), Optional.of(0.5), 1, Optional.empty()));
            }
            return selector.choose().epoch();
        }
    }

    @Test
    void theLowestLossWinsAndOfEqualOnesTheFirst() {
        assertEquals(2, chosen(Selection.BEST, 0.7, 0.4, 0.4, 0.6));
        assertEquals(4, chosen(Selection.LAST, 0.7, 0.4, 0.4, 0.6));
    }

    @Test
    void aLossThatIsNoNumberNeverWins() {
        assertEquals(2, chosen(Selection.BEST, Double.NaN, 0.9, Double.NaN));
    }
}
