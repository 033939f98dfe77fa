package org.lesionforge.backbone;

/**
 * About what a network takes in memory, as measured on a CPU.
 *
 * @param weights bytes of its parameters and buffers
 * @param image bytes that an image of the architecture's side leaves on its way forward in training; they grow with its area
 */
public record Footprint(long weights, long image) {}
