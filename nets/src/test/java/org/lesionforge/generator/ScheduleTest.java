package org.lesionforge.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    /** Ten images in batches of three: three iterations an epoch, and four epochs. */
    private static final Schedule SCHEDULE = Schedule.of(
            GeneratorOptions.DEFAULTS.with().batch(3).epochs(4).snapshotEvery(3).build(), 10);

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
        assertEquals(2, Schedule.of(schedule.options(), 2).batch(), "a class smaller than the batch");
    }
}
