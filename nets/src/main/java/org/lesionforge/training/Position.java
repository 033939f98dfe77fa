package org.lesionforge.training;

/**
 * How far a training has come.
 *
 * @param epoch that is under way, from 1; one more than there are when training has ended
 * @param batch batches of that epoch that are done
 * @param microBatch micro-batches of the next batch that are done: their gradients are there, the step is not taken
 */
public record Position(int epoch, int batch, int microBatch) {
    /** Before the first batch. */
    public static final Position START = new Position(1, 0, 0);

    /**
     * {@return steps of the optimiser that are done, of all epochs}
     *
     * @param batchesOfEpoch batches in each of them
     */
    public long step(long batchesOfEpoch) {
        return (epoch - 1) * batchesOfEpoch + batch;
    }

    /** {@return the position one micro-batch further in the same batch} */
    public Position afterMicroBatch() {
        return new Position(epoch, batch, microBatch + 1);
    }

    /** {@return the position before the next batch of the epoch} */
    public Position afterBatch() {
        return new Position(epoch, batch + 1, 0);
    }

    /** {@return the position before the first batch of the next epoch} */
    public Position afterEpoch() {
        return new Position(epoch + 1, 0, 0);
    }
}
