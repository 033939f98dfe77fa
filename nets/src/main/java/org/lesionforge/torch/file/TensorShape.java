package org.lesionforge.torch.file;

import java.util.List;

/** How much room a shape takes, where a file says what it is and may say anything. */
final class TensorShape {
    private TensorShape() {}

    /**
     * The product of the dimensions; 1 of none. Dimensions of 0 make it 0, but the others must fit still: libtorch multiplies them for the
     * strides.
     *
     * @param shape none of them negative
     * @throws ArithmeticException when the product is more than 2⁶³ − 1
     */
    static long elements(List<Long> shape) {
        long product = 1;
        for (long dimension : shape) {
            product = Math.multiplyExact(product, Math.max(1, dimension));
        }
        return shape.contains(0L) ? 0 : product;
    }
}
