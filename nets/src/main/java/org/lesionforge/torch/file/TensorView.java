package org.lesionforge.torch.file;

import java.util.List;
import org.lesionforge.io.UnusableInputException;

/**
 * A tensor as a pickle describes it: element (i, j, …) is number {@code offset + i·strides[0] + j·strides[1] + …} of its storage.
 */
record TensorView(StorageRef storage, long offset, List<Long> shape, List<Long> strides) {
    /** @throws UnusableInputException when it would read outside of its storage, or show numbers of it more than once on balance */
    TensorView {
        if (shape.size() != strides.size() || offset < 0 || anyNegative(shape) || anyNegative(strides)) {
            throw new UnusableInputException("a tensor has shape " + shape + ", strides " + strides + " and offset "
                    + offset + ", which do not belong together");
        }
        try {
            if (Math.addExact(offset, span(shape, strides)) > storage.elements()) {
                throw new UnusableInputException("a tensor of shape " + shape + ", strides " + strides + " and offset "
                        + offset + " reaches beyond its storage of " + storage.elements() + " numbers");
            }
            if (TensorShape.elements(shape) > storage.elements()) {
                throw new UnusableInputException("a tensor of shape " + shape + " and strides " + strides
                        + " is larger than its storage of " + storage.elements()
                        + " numbers; make it contiguous() before saving it");
            }
        } catch (ArithmeticException e) {
            throw new UnusableInputException("a tensor of shape " + shape + " is too large", e);
        }
    }

    /** How many numbers of the storage lie between its first and its last, both included; 0 for an empty tensor. */
    long span() {
        return span(shape, strides);
    }

    long[] shapeArray() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    long[] stridesArray() {
        return strides.stream().mapToLong(Long::longValue).toArray();
    }

    private static long span(List<Long> shape, List<Long> strides) {
        if (shape.contains(0L)) {
            return 0;
        }
        long last = 0;
        for (int i = 0; i < shape.size(); i++) {
            last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
        }
        return last + 1;
    }

    private static boolean anyNegative(List<Long> numbers) {
        return numbers.stream().anyMatch(number -> number < 0);
    }
}
