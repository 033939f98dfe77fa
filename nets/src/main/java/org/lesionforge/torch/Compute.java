package org.lesionforge.torch;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern NAMES = Pattern.compile("auto|cpu|cuda(?::(0|[1-9]\\d{0,2}))?");

    /**
     * Refuses what is not implemented, and holds the device for as long as this lives, whatever scopes are open.
     *
     * @param device of the CPU or of a GPU
     * @param precision FLOAT32 or BFLOAT16, on a GPU also TF32
     * @throws IllegalArgumentException when nothing here computes in this precision on this device
     */
    public Compute {
        Set<Precision> implemented =
                device.is_cuda() ? EnumSet.allOf(Precision.class) : EnumSet.of(Precision.FLOAT32, Precision.BFLOAT16);
        if (!implemented.contains(precision)) {
            throw new IllegalArgumentException("on " + device.str().getString() + " nets are trained in "
                    + implemented.stream().map(Compute::name).collect(Collectors.joining(" or ")) + "; "
                    + name(precision) + " is not implemented there");
        }
        // Made in a scope, it must not end with it.
        Scope.own(device);
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private static Precision usual(Device device) {
        return device.is_cuda() ? Precision.TF32 : Precision.FLOAT32;
    }

    /** {@return the first GPU where the CUDA natives are there and find one, else the CPU} Loads libtorch. */
    public static Compute best() {
        return Torch.cards() > 0 ? on(new Device("cuda")) : cpu();
    }

    /** {@return the CPU, whatever else there is} Loads libtorch. */
    public static Compute cpu() {
        Torch.load();
        return on(new Device("cpu"));
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
     * @param precision of training; empty for float32 on the CPU and TF32 on a GPU
     * @return on that device, never on another
     * @throws MissingRequirementException when there is no such card
     * @throws IllegalArgumentException when the device has another name, or nothing computes in this precision on it
     */
    public static Compute of(String device, Optional<Precision> precision) {
        Torch.load();
        String found = resolve(device, Torch.cards());
        Device made = new Device(found);
        return new Compute(made, precision.orElseGet(() -> usual(made)));
    }

    /**
     * The device by libtorch's name for it.
     *
     * @param cards how many libtorch finds
     */
    static String resolve(String device, int cards) {
        Matcher name = NAMES.matcher(device);
        if (!name.matches()) {
            throw new IllegalArgumentException("a device is auto, cpu, cuda or cuda:N, got '" + device + "'");
        }
        if (device.equals("auto")) {
            return cards > 0 ? "cuda" : "cpu";
        }
        if (device.equals("cpu")) {
            return device;
        }
        if (cards == 0) {
            throw new MissingRequirementException(
                    "the device " + device + " is not there: libtorch finds no CUDA card; "
                            + "'lesionforge doctor' says why, docs/guide/install.md what a card needs; or compute on the CPU, with --device cpu");
        }
        int index = name.group(1) == null ? 0 : Integer.parseInt(name.group(1));
        if (index >= cards) {
            throw new MissingRequirementException("the device " + device + " is not there: libtorch finds "
                    + (cards == 1 ? "one card, cuda:0" : cards + " cards, cuda:0 to cuda:" + (cards - 1)));
        }
        return device;
    }

    private static Compute on(Device device) {
        return new Compute(device, usual(device));
    }

    /** {@return how a step of training is computed: in this precision until it is closed} */
    public Arithmetic training() {
        return Arithmetic.of(device, precision);
    }

    /** {@return how what is measured or predicted is computed: in float32 until it is closed, also beside a training} */
    public Arithmetic exact() {
        return Arithmetic.of(device, Precision.FLOAT32);
    }

    /** {@return for people: {@code cpu, 2 threads}, {@code cuda:1}; with the precision of training where it is not the usual one} */
    public String describe() {
        String where = device.is_cuda() ? device.str().getString() : "cpu, " + Torch.threads() + " threads";
        return precision == usual(device) ? where : where + ", training in " + name(precision);
    }

    /** {@return the card or the processor that computes, by its maker's name; empty where the system does not tell} */
    public Optional<String> hardware() {
        return device.is_cuda() ? Hardware.cards() : Hardware.processor();
    }
}
