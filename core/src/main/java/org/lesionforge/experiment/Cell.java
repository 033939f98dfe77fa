package org.lesionforge.experiment;

/** One arm with one seed: one classifier. */
record Cell(Arm arm, long seed) {
    /** Its folder's name. A colon in it would be refused by some systems. */
    String folderName() {
        return arm.word().replace(':', '-') + "-seed" + seed;
    }

    @Override
    public String toString() {
        return "arm " + arm.word() + ", seed " + seed;
    }
}
