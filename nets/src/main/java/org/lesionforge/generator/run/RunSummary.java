package org.lesionforge.generator.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.lesionforge.run.BestSnapshot;

/**
 * What a finished run came to; the JSON of {@code gan train}.
 *
 * @param run its folder
 * @param iterations steps of both nets, over all starts
 * @param epochs that were completed; fewer than asked for when patience was over
 * @param imagesPerSecond real images per second of training steps alone, snapshots left out
 * @param snapshots per snapshot its epoch, weights, metrics and what is missing, as in {@code metrics.jsonl}
 * @param alarms as in {@code alarms.jsonl}
 * @param best the snapshot to use
 */
public record RunSummary(
        String run,
        long iterations,
        int epochs,
        double imagesPerSecond,
        List<JsonNode> snapshots,
        List<JsonNode> alarms,
        BestSnapshot best) {}
