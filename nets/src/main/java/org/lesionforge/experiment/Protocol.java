package org.lesionforge.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.run.Budget;

/** How snapshots and epochs are chosen. Neither protocol uses the test part before the end. */
public enum Protocol {
    /** As the paper does it: no validation part (its images are trained on), the last snapshot, the last epoch. */
    PAPER {
        @Override
        TrainingPart training(Dataset dataset) {
            return dataset.trainingAndValidation();
        }

        @Override
        Optional<HeldOutPart> validation(Dataset dataset) {
            return Optional.empty();
        }

        @Override
        public Selection selection() {
            return Selection.LAST;
        }

        @Override
        public Recipe recipe() {
            return Recipe.PAPER;
        }

        @Override
        public Budget usualBudget() {
            return Budget.EPOCHS;
        }
    },
    /** Snapshot and epoch are chosen on the validation part. */
    STRICT {
        @Override
        TrainingPart training(Dataset dataset) {
            return dataset.training();
        }

        @Override
        Optional<HeldOutPart> validation(Dataset dataset) {
            return Optional.of(dataset.validation());
        }

        @Override
        public Selection selection() {
            return Selection.BEST;
        }

        @Override
        public Recipe recipe() {
            return Recipe.STRONG;
        }

        @Override
        public Budget usualBudget() {
            return Budget.STEPS;
        }
    };

    /** {@return whether generated images go through what the photographs went through, unless told otherwise} */
    public boolean matchesAcquisition() {
        return this == STRICT;
    }

    abstract TrainingPart training(Dataset dataset);

    abstract Optional<HeldOutPart> validation(Dataset dataset);

    /** {@return by which recipe all layers of classifiers are trained unless another is asked for} */
    public abstract Recipe recipe();

    /** {@return which epoch's weights are kept with the paper's recipe} */
    public abstract Selection selection();

    /** {@return what is equal in all arms unless something else is asked for} */
    public abstract Budget usualBudget();

    /** {@return the name in options and files: {@code paper} or {@code strict}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
