package org.lesionforge.backbone;

import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Tensors;

/**
 * How a network takes byte values v in 0…255: v / divisor − shift. Two ways that differ by less than a hundredth give other numbers, without any
 * error.
 *
 * @param name in the names of files: letters, digits and {@code _}
 * @param formula as weight files, {@code model.json} and provenance have it: {@code x/127.5-1}
 * @param divisors one for all channels, or one for each of red, green and blue
 * @param shifts as many
 */
public record Normalisation(String name, String formula, List<Double> divisors, List<Double> shifts) {
    /** v / 127.5 − 1: torchvision's Inception V3 after its {@code transform_input}, Keras, pytorch-fid. */
    public static final Normalisation SIGNED_UNIT = new Normalisation("SIGNED_UNIT", "x/127.5-1", 127.5, 1);

    /** (v − 128) / 128: TensorFlow's FID, torch-fidelity, clean-fid. */
    public static final Normalisation CENTRED_128 = new Normalisation("CENTRED_128", "(x-128)/128", 128, 1);

    /** (v / 255 − mean) / deviation, with ImageNet's means and deviations of red, green and blue: most networks of torchvision. */
    public static final Normalisation IMAGENET = new Normalisation(
            "IMAGENET",
            "(x/255-(0.485,0.456,0.406))/(0.229,0.224,0.225)",
            List.of(255 * 0.229, 255 * 0.224, 255 * 0.225),
            List.of(0.485 / 0.229, 0.456 / 0.224, 0.406 / 0.225));

    private static final int CHANNELS = 3;

    /**
     * Copies the lists.
     *
     * @param name letters, digits and {@code _}
     * @param formula no other normalisation's
     * @param divisors 1 or 3, none of them 0
     * @param shifts as many
     * @throws IllegalArgumentException when there are not as many
     */
    public Normalisation {
        divisors = List.copyOf(divisors);
        shifts = List.copyOf(shifts);
        if (divisors.size() != shifts.size() || (divisors.size() != 1 && divisors.size() != CHANNELS)) {
            throw new IllegalArgumentException(
                    "expected as many divisors as shifts, 1 or 3, got " + divisors + " and " + shifts);
        }
    }

    /**
     * One that treats all channels alike.
     *
     * @param name letters, digits and {@code _}
     * @param formula no other normalisation's
     * @param divisor not 0
     * @param shift subtracted after the division
     */
    public Normalisation(String name, String formula, double divisor, double shift) {
        this(name, formula, List.of(divisor), List.of(shift));
    }

    /** The formulas of some, for a message. */
    static String formulas(List<Normalisation> inputs) {
        return inputs.stream().map(Normalisation::formula).collect(Collectors.joining(" or "));
    }

    /**
     * {@return a new tensor of the same shape with the values as the network needs them}
     *
     * @param bytes n × 3 × h × w, floating point, 0…255; stays as it is
     */
    public Tensor normalise(Tensor bytes) {
        if (divisors.size() == 1) {
            Tensor normalised = bytes.div(new Scalar(divisors.get(0)));
            normalised.sub_(new Scalar(shifts.get(0)));
            return normalised;
        }
        try (Tensor divisor = channels(divisors, bytes);
                Tensor shift = channels(shifts, bytes)) {
            Tensor normalised = bytes.div(divisor);
            normalised.sub_(shift);
            return normalised;
        }
    }

    private static Tensor channels(List<Double> values, Tensor like) {
        float[] floats = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            floats[c] = values.get(c).floatValue();
        }
        try (Tensor row = Tensors.of(floats, 1, CHANNELS, 1, 1)) {
            return row.to(like.device(), like.scalar_type());
        }
    }
}
