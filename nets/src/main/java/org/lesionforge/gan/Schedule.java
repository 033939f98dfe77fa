package org.lesionforge.gan;

/**
 * Which iteration belongs to which epoch. An epoch takes whole batches; what does not fill the last one is left to another epoch.
 *
 * @param batch images per iteration: a class smaller than the batch makes one batch
 * @param batchesPerEpoch iterations per epoch
 */
record Schedule(GeneratorOptions options, int batch, int batchesPerEpoch) {
    /** @param images of the class, at least 1 */
    static Schedule of(GeneratorOptions options, int images) {
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

    /** Which share of the training is left at iteration {@code iteration}, counted from 1, with that one: 1 at the first. */
    double left(long iteration) {
        return (double) (iterations() - iteration + 1) / iterations();
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
