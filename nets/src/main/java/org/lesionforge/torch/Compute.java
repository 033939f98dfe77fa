package org.lesionforge.torch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.lesionforge.io.MissingRequirementException;

/**
 * On what nets compute, and how exactly they are trained. A command makes one, as does a program that uses the library, and hands it down:
 * nothing below looks for a device by itself.
 *
 * @param device where nets and what goes through them are; lives as long as this
 * @param precision of training. What is measured, predicted or compared is computed in float32 with each of them
 */
public record Compute(Device device, Precision precision) {
    private static final String AUTO = "auto";
    private static final String CPU = "cpu";
    private static final Pattern NAMES = Pattern.compile("auto|cpu|cuda(?::(0|[1-9]\\d{0,2}))?");

    /**
     * Refuses what is not implemented, and holds the device for as long as this lives, whatever scopes are open.
     *
     * @param device of the CPU or of a GPU
     * @param precision FLOAT32 or BFLOAT16, on a GPU also TF32
     * @throws IllegalArgumentException when nothing here computes in this precision on this device
     */
    public Compute {
        if (precision == Precision.TF32 && !device.is_cuda()) {
            throw new IllegalArgumentException("on " + device.str().getString() + " nets are trained in "
                    + Precision.FLOAT32.word() + " or " + Precision.BFLOAT16.word() + "; " + precision.word()
                    + " is not implemented there");
        }
        // Made in a scope, it must not end with it.
        Scope.own(device);
    }

    /** {@return the first GPU where the CUDA natives are there and find one, else the CPU} Loads libtorch. */
    public static Compute best() {
        return of(AUTO, Optional.empty());
    }

    /** {@return the CPU, whatever else there is} Loads libtorch. */
    public static Compute cpu() {
        return of(CPU, Optional.empty());
    }

    /**
     * {@return whether a device can be asked for by a name}
     *
     * @param device anything
     */
    public static boolean isDevice(String device) {
        return NAMES.matcher(device).matches();
    }

    /**
     * What a user asks for. Loads libtorch.
     *
     * @param device {@code auto}, which is {@link #best}, {@code cpu}, {@code cuda}, or {@code cuda:N} with the number of a card, from 0
     * @param precision of training; empty for the usual one: bfloat16 on a GPU that has it, else float32
     * @return on that device, never on another
     * @throws MissingRequirementException when there is no such card, or it lacks the precision that is asked for
     * @throws IllegalArgumentException when the device has another name, or nothing computes in this precision on it
     */
    public static Compute of(String device, Optional<Precision> precision) {
        Device found = found(device);
        boolean rounds = Torch.rounds(found);
        precision.ifPresent(asked -> requireRounding(found, asked, rounds));
        return new Compute(found, precision.orElse(rounds ? Precision.BFLOAT16 : Precision.FLOAT32));
    }

    /**
     * On what a training continues that was begun before, maybe on another device. Loads libtorch.
     *
     * @param device as in {@link #of}
     * @param begun in what it was begun; empty where its run does not say: until then it was TF32 on a GPU, and float32 on the CPU
     * @return on that device, in that precision; in float32, whose values those of TF32 are, where the device lacks TF32
     * @throws MissingRequirementException when there is no such card, or it lacks bfloat16 and the training was begun in it
     */
    public static Compute continuing(String device, Optional<Precision> begun) {
        Device found = found(device);
        return new Compute(found, continued(found, begun.orElse(Precision.TF32), Torch.rounds(found)));
    }

    /** @param rounds whether the device is a card that has TF32 and bfloat16 */
    static Precision continued(Device device, Precision begun, boolean rounds) {
        if (begun == Precision.TF32 && !rounds) {
            return Precision.FLOAT32;
        }
        requireRounding(device, begun, rounds);
        return begun;
    }

    /** @param rounds whether the device is a card that has TF32 and bfloat16 */
    static void requireRounding(Device device, Precision asked, boolean rounds) {
        if (device.is_cuda() && asked != Precision.FLOAT32 && !rounds) {
            throw new MissingRequirementException("the card " + device.str().getString() + " has no " + asked.word()
                    + ", which came with compute capability 8.0 (Ampere); train in float32, with --precision float32");
        }
    }

    private static Device found(String device) {
        Torch.load();
        return new Device(resolve(device, Torch.cards()));
    }

    /**
     * The device by libtorch's name for it, a card with its number.
     *
     * @param cards how many libtorch finds
     */
    static String resolve(String device, int cards) {
        Matcher name = NAMES.matcher(device);
        if (!name.matches()) {
            throw new IllegalArgumentException("a device is auto, cpu, cuda or cuda:N, got '" + device + "'");
        }
        if (device.equals(CPU) || (device.equals(AUTO) && cards == 0)) {
            return CPU;
        }
        if (cards == 0) {
            throw new MissingRequirementException(
                    "the device " + device + " is not there: libtorch finds no CUDA card; "
                            + "'lesionforge doctor' says why, docs/guide/gpu.md what a card needs; or compute on the CPU, with --device cpu");
        }
        int index = name.group(1) == null ? 0 : Integer.parseInt(name.group(1));
        if (index >= cards) {
            throw new MissingRequirementException("the device " + device + " is not there: libtorch finds "
                    + (cards == 1 ? "one card, cuda:0" : cards + " cards, cuda:0 to cuda:" + (cards - 1)));
        }
        return "cuda:" + index;
    }

    /** {@return how a step of training is computed: in this precision until it is closed} */
    public Arithmetic training() {
        return Arithmetic.of(device, precision);
    }

    /** {@return how what is measured or predicted is computed: in float32 until it is closed, also beside a training} */
    public Arithmetic exact() {
        return Arithmetic.of(device, Precision.FLOAT32);
    }

    /** {@return for people, where nets compute: {@code cpu, 2 threads}, {@code cuda:1}} */
    public String describe() {
        return device.is_cuda() ? device.str().getString() : "cpu, " + Torch.threads() + " threads";
    }

    /** {@return for the record of a training} */
    public Computed computed() {
        return new Computed(device.str().getString(), precision);
    }

    /** {@return the card or the processor that computes, by its maker's name; empty where the system does not tell} */
    public Optional<String> hardware() {
        return device.is_cuda() ? Hardware.cards() : Hardware.processor();
    }
}
