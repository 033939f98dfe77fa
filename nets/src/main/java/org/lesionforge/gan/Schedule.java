package org.lesionforge.gan;

/**
 * Which iteration belongs to which epoch. An epoch takes whole batches; what does not fill the last one is left to another epoch.
 *
 * @param batch images per iteration: a class smaller than the batch makes one batch
 * @param batchesPerEpoch iterations per epoch
 */
record Schedule(GanOptions options, int batch, int batchesPerEpoch) {
    /** @param images of the class, at least 1 */
    static Schedule of(GanOptions options, int images) {
        int batch = Math.min(options.batch(), images);
        return new Schedule(options, batch, images / batch);
    }

    long iterations() {
        return (long) batchesPerEpoch * options.epochs();
    }

    /** The epoch of iteration {@code iteration}, both counted from 1. */
    int epoch(long iteration) {
        return (int) ((iteration - 1) / batchesPerEpoch) + 1;
    }

    /** Which batch of its epoch iteration {@code iteration} takes, from 0. */
    int position(long iteration) {
        return (int) ((iteration - 1) % batchesPerEpoch);
    }

    /** How much of the learning rate iteration {@code iteration}, counted from 1, takes: 1, then falling linearly, to 0 after the last. */
    double rateShare(long iteration) {
        double decay = options.remedies().rateDecay();
        double left = (double) (iterations() - iteration + 1) / iterations();
        return left >= decay ? 1 : left / decay;
    }

    /** Whether {@code iteration} ends an epoch that is to have a snapshot. */
    boolean endsSnapshotEpoch(long iteration) {
        if (iteration == 0 || iteration % batchesPerEpoch != 0) {
            return false;
        }
        int epoch = epoch(iteration);
        return epoch % options.snapshotEvery() == 0 || epoch == options.epochs();
    }
}
