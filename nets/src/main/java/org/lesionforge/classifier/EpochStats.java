package org.lesionforge.classifier;

/**
 * What one epoch brought: a line of {@code stats.jsonl}.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy of the main head in nats, while training: with transforms, dropout and class weights, before each step
 * @param trainAccuracy in [0, 1], measured likewise
 * @param validationLoss mean cross-entropy in nats after the epoch; null without a validation part
 * @param validationAccuracy in [0, 1]; null without a validation part
 * @param seconds the epoch took, validation included
 */
public record EpochStats(
        int epoch,
        double trainLoss,
        double trainAccuracy,
        Double validationLoss,
        Double validationAccuracy,
        double seconds) {}
