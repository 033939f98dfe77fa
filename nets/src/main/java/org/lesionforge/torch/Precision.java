package org.lesionforge.torch;

/** How exactly convolutions and matrix products are computed. Weights, losses and what is written to files are float32 with each of them. */
public enum Precision {
    /** 24 bits of significand. */
    FLOAT32,
    /** NVIDIA's TensorFloat-32: float32 in memory, 11 bits of significand in the products, whose sums are float32. */
    TF32,
    /** 8 bits of significand, the range of float32. */
    BFLOAT16
}
