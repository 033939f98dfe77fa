package org.lesionforge.backbone;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How a network takes byte values v in 0…255. Two ways that differ by less than a hundredth, and yet give other numbers. */
public enum Normalisation {
    /** v / 127.5 − 1: torchvision after its {@code transform_input}, Keras, pytorch-fid. */
    SIGNED_UNIT("x/127.5-1", 127.5, 1),
    /** (v − 128) / 128: TensorFlow's FID, torch-fidelity, clean-fid. */
    CENTRED_128("(x-128)/128", 128, 1);

    private final String formula;
    private final double divisor;
    private final double shift;

    Normalisation(String formula, double divisor, double shift) {
        this.formula = formula;
        this.divisor = divisor;
        this.shift = shift;
    }

    /** {@return the formula as weight files and provenance have it: {@code x/127.5-1}} */
    public String formula() {
        return formula;
    }

    /**
     * {@return the normalisation of a formula}
     *
     * @param formula as {@link #formula} has it, character by character
     * @throws IllegalArgumentException for an unknown formula
     */
    public static Normalisation of(String formula) {
        return Arrays.stream(values())
                .filter(convention -> convention.formula.equals(formula))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("input convention is " + formulas() + ", got " + formula));
    }

    /** All of them, for a message. */
    static String formulas() {
        return Arrays.stream(values()).map(Normalisation::formula).collect(Collectors.joining(" or "));
    }

    /**
     * {@return a new tensor of the same shape with the values as the network needs them}
     *
     * @param bytes floating point, 0…255, of any shape; stays as it is
     */
    public Tensor normalise(Tensor bytes) {
        Tensor normalised = bytes.div(new Scalar(divisor));
        normalised.sub_(new Scalar(shift));
        return normalised;
    }
}
