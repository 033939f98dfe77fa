package org.lesionforge.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How an epoch is cut into batches, and a batch into micro-batches. None holds a single image: batch normalisation fails on one. */
public final class Batches {
    private Batches() {}

    /**
     * {@return consecutive pieces of {@code batch} images; the last may be shorter, but when it would be one image that image joins the piece before}
     *
     * @param order of an epoch's images
     * @param batch images in a piece, at least 1
     */
    public static List<int[]> of(int[] order, int batch) {
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        while (start < order.length) {
            int end = Math.min(start + batch, order.length);
            if (order.length - end == 1) {
                end = order.length;
            }
            batches.add(Arrays.copyOfRange(order, start, end));
            start = end;
        }
        return batches;
    }

    /**
     * {@return consecutive pieces of equal size, give or take one; at most {@code microBatch} images each, or three where that is two}
     *
     * @param batch images of a batch, at least 2
     * @param microBatch images that a net takes at once, at least 1
     */
    public static List<int[]> micro(int[] batch, int microBatch) {
        int pieces = (batch.length + microBatch - 1) / microBatch;
        if (batch.length / pieces < 2) {
            pieces = Math.max(1, batch.length / 2);
        }
        List<int[]> micro = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            int start = (int) ((long) batch.length * i / pieces);
            int end = (int) ((long) batch.length * (i + 1) / pieces);
            micro.add(Arrays.copyOfRange(batch, start, end));
        }
        return micro;
    }
}
