package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import org.lesionforge.io.json.OptionalKey;

/**
 * What one epoch of a classifier's training brought: a line of its {@code stats.jsonl}.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy of the main head in nats, while training: with transforms, dropout and class weights, before each step
 * @param trainAccuracy in [0, 1], measured likewise
 * @param validationLoss mean cross-entropy in nats after the epoch; empty without a validation part
 * @param validationAccuracy in [0, 1]; empty without a validation part
 * @param seconds the epoch took, validation included
 * @param validationAuc ROC AUC of the positive class after the epoch, in [0, 1]; empty unless it chooses the epoch
 */
public record EpochStats(
        int epoch,
        double trainLoss,
        double trainAccuracy,
        Optional<Double> validationLoss,
        Optional<Double> validationAccuracy,
        double seconds,
        @OptionalKey @JsonInclude(Include.NON_ABSENT) Optional<Double> validationAuc) {}
