package org.lesionforge.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.zoo.dcgan.Dcgan;

final class ScheduleTest {
    /** Ten images in batches of three: three iterations an epoch, and four epochs. */
    private static final Schedule SCHEDULE =
            Schedule.of(Dcgan.PAPER.common(common -> common.batch(3).epochs(4).snapshotEvery(3)), 10);

    @Test
    void epochsTakeWholeBatches() {
        Schedule schedule = SCHEDULE;
        assertEquals(12, schedule.iterations());
        assertArrayEquals(
                new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4},
                LongStream.rangeClosed(1, 12).map(schedule::epoch).toArray());
        assertEquals(2, schedule.position(6));
        assertTrue(schedule.endsSnapshotEpoch(9) && schedule.endsSnapshotEpoch(12));
        assertFalse(schedule.endsSnapshotEpoch(6));
        assertEquals(2, schedule.snapshots());
        assertEquals(0, schedule.epochsBeforeLastStage());
        assertEquals(2, Schedule.of(Dcgan.PAPER, 2).batch(), "a class smaller than the batch");
    }

    @Test
    void aFamilyOfStagesRunsTheEpochsOnceForEach() {
        Schedule schedule = new Schedule(SCHEDULE.options(), 3, 3, 3);
        assertEquals(36, schedule.iterations());
        assertEquals(12, schedule.epochs());
        assertEquals(5, schedule.epoch(13), "the first of the second stage");
        assertArrayEquals(
                new int[] {3, 4, 7, 8, 11, 12},
                IntStream.rangeClosed(1, 12)
                        .filter(epoch -> schedule.endsSnapshotEpoch(3L * epoch))
                        .toArray(),
                "every third epoch of a stage, and its last");
        assertEquals(6, schedule.snapshots());
        assertEquals(8, schedule.epochsBeforeLastStage());
    }
}
