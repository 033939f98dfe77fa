package org.lesionforge.run;

import java.util.Optional;

/**
 * What one epoch of a classifier's training brought: a line of its {@code stats.jsonl}.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy of the main head in nats, while training: with transforms, dropout and class weights, before each step
 * @param trainAccuracy in [0, 1], measured likewise
 * @param validationLoss mean cross-entropy in nats after the epoch; empty without a validation part
 * @param validationAccuracy in [0, 1]; empty without a validation part
 * @param seconds the epoch took, validation included
 */
public record EpochStats(
        int epoch,
        double trainLoss,
        double trainAccuracy,
        Optional<Double> validationLoss,
        Optional<Double> validationAccuracy,
        double seconds) {}
