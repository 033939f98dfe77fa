package org.lesionforge.generator.run;

import java.util.List;

/**
 * The run that another one begins from, in place of random weights: the key {@code init} of its {@code config.json}.
 *
 * @param run its folder, absolute
 * @param iteration of the checkpoint whose weights are taken
 * @param sha256 of the checkpoint's tensors
 * @param classes that it learned, in the order of their labels
 * @param splitSha256 which split its images were the training part of
 */
public record InitialRun(String run, long iteration, String sha256, List<String> classes, String splitSha256) {}
