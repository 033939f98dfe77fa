package org.lesionforge.backbone;

/**
 * What a network takes: its counts, and about what it takes in memory, as measured on a CPU.
 *
 * @param counts of its parameters and of what it computes
 * @param weights bytes of its parameters and buffers
 * @param image bytes that an image of the architecture's side takes in a training step: what it leaves on its way forward, and what its way back needs
 *     beside, most where convolutions are depthwise; they grow with its area
 */
public record Footprint(Counts counts, long weights, long image) {}
