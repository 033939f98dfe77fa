package org.lesionforge.backbone;

/**
 * How large a network is, stated so that nobody has to build one to know it.
 *
 * @param parameters that it learns with 1,000 classes, those of auxiliary heads included
 * @param multiplyAdds multiplications that are each followed by an addition, for one image of the architecture's side with 1,000 classes: of
 *     convolutions and linear layers alone, without auxiliary heads
 */
public record Counts(long parameters, long multiplyAdds) {}
