package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DistanceNameTest {
    private static final String NETWORK = "-768[inception-2015-12-05, resize=pytorch-fid]";

    @Test
    void fidIsOnlyWhatTheFidNetworkMeasured() {
        assertEquals("kid" + NETWORK, new DistanceName("fid" + NETWORK).ofKernel());
        assertEquals("kd[own-classifier, normalised]", new DistanceName("fd[own-classifier, normalised]").ofKernel());
        assertTrue(DistanceName.isThroughFidNetwork("fid" + NETWORK));
        assertTrue(DistanceName.isThroughFidNetwork("kid" + NETWORK + " to validation"));
        assertFalse(DistanceName.isThroughFidNetwork("fd-2048[imagenet, resize=pytorch-fid]"));
        assertFalse(DistanceName.isThroughFidNetwork("kd[own-classifier, normalised]"));
    }

    @Test
    void otherNumbersGoByTheirOwnWord() {
        assertEquals("recall" + NETWORK, new DistanceName("fid" + NETWORK).of("recall"));
        assertEquals(
                "spread[own-classifier, normalised]", new DistanceName("fd[own-classifier, normalised]").of("spread"));
        assertEquals(
                "p of any difference, 768[inception-2015-12-05, resize=pytorch-fid]",
                new DistanceName("fid" + NETWORK).of("p of any difference"));
    }
}
