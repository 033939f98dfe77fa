package org.lesionforge.experiment;

import java.util.Optional;
import org.lesionforge.run.Arm;

/** One arm with one seed: one classifier. */
record Trial(Arm arm, long seed) {
    /** Its folder's name. */
    String folderName() {
        return arm.folderName() + "-seed" + seed;
    }

    /** What version 0.1 called its folder, where that was another name. */
    Optional<String> oldFolderName() {
        return arm.oldFolderName().map(name -> name + "-seed" + seed);
    }

    @Override
    public String toString() {
        return "arm " + arm.word() + ", seed " + seed;
    }
}
