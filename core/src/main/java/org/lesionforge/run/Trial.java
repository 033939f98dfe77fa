package org.lesionforge.run;

import java.util.Optional;

/** One arm with one seed: one classifier. */
public record Trial(Arm arm, long seed) {
    /** Its folder's name. */
    public String folderName() {
        return arm.folderName() + "-seed" + seed;
    }

    /** What version 0.1 called its folder, where that was another name. */
    public Optional<String> oldFolderName() {
        return arm.oldFolderName().map(name -> name + "-seed" + seed);
    }

    @Override
    public String toString() {
        return "arm " + arm.word() + ", seed " + seed;
    }
}
