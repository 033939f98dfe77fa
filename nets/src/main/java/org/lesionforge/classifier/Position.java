package org.lesionforge.classifier;

/**
 * How far a training has come.
 *
 * @param epoch that is under way, from 1; one more than there are when training has ended
 * @param batch batches of that epoch that are done
 * @param microBatch micro-batches of the next batch that are done: their gradients are there, the step is not taken
 */
record Position(int epoch, int batch, int microBatch) {
    static final Position START = new Position(1, 0, 0);

    /** Steps of the optimiser that are done, of all epochs. */
    long step(long batchesOfEpoch) {
        return (epoch - 1) * batchesOfEpoch + batch;
    }

    Position afterMicroBatch() {
        return new Position(epoch, batch, microBatch + 1);
    }

    Position afterBatch() {
        return new Position(epoch, batch + 1, 0);
    }

    Position afterEpoch() {
        return new Position(epoch + 1, 0, 0);
    }
}
