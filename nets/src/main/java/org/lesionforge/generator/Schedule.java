package org.lesionforge.generator;

/**
 * Which iteration belongs to which epoch. An epoch takes whole batches; what does not fill the last one is left to another epoch. A family that is
 * trained in stages runs the epochs once for each; they are counted through all of them.
 *
 * @param options with the batch, the epochs of a stage and the snapshots
 * @param stages one after the other, each of all epochs
 * @param batch images per iteration: a class smaller than the batch makes one batch
 * @param batchesPerEpoch iterations per epoch
 */
public record Schedule(GeneratorOptions options, int stages, int batch, int batchesPerEpoch) {
    /**
     * {@return the schedule of a training}
     *
     * @param spec with the batch, the epochs, the snapshots and the stages
     * @param images of the class, at least 1
     */
    public static Schedule of(GeneratorSpec<?> spec, int images) {
        int batch = Math.min(spec.common().batch(), images);
        return new Schedule(spec.common(), spec.stages(), batch, images / batch);
    }

    /** {@return epochs of all stages} */
    public int epochs() {
        return Math.multiplyExact(options.epochs(), stages);
    }

    /** {@return iterations from the first to the last epoch} */
    public long iterations() {
        return (long) batchesPerEpoch * epochs();
    }

    /** {@return how many epochs have a snapshot} */
    public int snapshots() {
        return stages * ((options.epochs() - 1) / options.snapshotEvery() + 1);
    }

    /** {@return epochs before those of the last stage: 0 where there is one stage} */
    public int epochsBeforeLastStage() {
        return epochs() - options.epochs();
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
     * {@return whether an iteration ends an epoch that is to have a snapshot: every so many of a stage, and the last of each}
     *
     * @param iteration counted from 1; 0 before the first
     */
    public boolean endsSnapshotEpoch(long iteration) {
        if (iteration == 0 || iteration % batchesPerEpoch != 0) {
            return false;
        }
        int ofStage = (epoch(iteration) - 1) % options.epochs() + 1;
        return ofStage % options.snapshotEvery() == 0 || ofStage == options.epochs();
    }
}
