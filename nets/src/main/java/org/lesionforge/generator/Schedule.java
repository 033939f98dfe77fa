package org.lesionforge.generator;

/**
 * Which iteration belongs to which epoch. An epoch takes whole batches; what does not fill the last one is left to another epoch.
 *
 * @param options with the batch, the epochs and the snapshots
 * @param batch images per iteration: a class smaller than the batch makes one batch
 * @param batchesPerEpoch iterations per epoch
 */
public record Schedule(GeneratorOptions options, int batch, int batchesPerEpoch) {
    /**
     * {@return the schedule of a training}
     *
     * @param options with the batch, the epochs and the snapshots
     * @param images of the class, at least 1
     */
    public static Schedule of(GeneratorOptions options, int images) {
        int batch = Math.min(options.batch(), images);
        return new Schedule(options, batch, images / batch);
    }

    /** {@return iterations from the first to the last epoch} */
    public long iterations() {
        return (long) batchesPerEpoch * options.epochs();
    }

    /**
     * {@return the epoch of an iteration}
     *
     * @param iteration counted from 1, as epochs are
     */
    public int epoch(long iteration) {
        return (int) ((iteration - 1) / batchesPerEpoch) + 1;
    }

    /**
     * {@return which batch of its epoch an iteration takes, from 0}
     *
     * @param iteration counted from 1
     */
    public int position(long iteration) {
        return (int) ((iteration - 1) % batchesPerEpoch);
    }

    /**
     * {@return whether an iteration ends an epoch that is to have a snapshot}
     *
     * @param iteration counted from 1; 0 before the first
     */
    public boolean endsSnapshotEpoch(long iteration) {
        if (iteration == 0 || iteration % batchesPerEpoch != 0) {
            return false;
        }
        int epoch = epoch(iteration);
        return epoch % options.snapshotEvery() == 0 || epoch == options.epochs();
    }
}
