package org.lesionforge.backbone;

/**
 * About what a network takes in memory, as measured on a CPU.
 *
 * @param weights bytes of its parameters and buffers
 * @param image bytes that an image of the architecture's side takes in a training step: what it leaves on its way forward, and what its way back needs
 *     beside, most where convolutions are depthwise; they grow with its area
 */
public record Footprint(long weights, long image) {}
