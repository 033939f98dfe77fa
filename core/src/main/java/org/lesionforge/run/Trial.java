package org.lesionforge.run;

import java.util.Optional;

/**
 * One arm with one seed: one classifier.
 *
 * @param arm how the training part is treated
 * @param seed of the training; with a split for each seed, of the split too
 */
public record Trial(Arm arm, long seed) {
    /** {@return its folder's name below {@code arms}} */
    public String folderName() {
        return arm.folderName() + "-seed" + seed;
    }

    /** {@return what version 0.1 called its folder, where that was another name} */
    public Optional<String> oldFolderName() {
        return arm.oldFolderName().map(name -> name + "-seed" + seed);
    }

    /** {@return for messages: {@code arm dcgan, seed 0}} */
    @Override
    public String toString() {
        return "arm " + arm.word() + ", seed " + seed;
    }
}
