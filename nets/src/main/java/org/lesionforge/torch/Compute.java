package org.lesionforge.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * On what, and how exactly, nets compute. A command makes one, as does a program that uses the library, and hands it down: nothing below
 * looks for a device by itself.
 *
 * @param device where nets and what goes through them are; lives as long as this
 * @param precision of the convolutions: float32 on the CPU; TF32 on a GPU, where cuDNN rounds so unless it is told otherwise
 */
public record Compute(Device device, Precision precision) {
    /**
     * Refuses what is not implemented, and holds the device for as long as this lives, whatever scopes are open.
     *
     * @param device of the CPU or of a GPU
     * @param precision FLOAT32 on the CPU, TF32 on a GPU
     * @throws IllegalArgumentException when nothing here computes in this precision on this device
     */
    public Compute {
        Precision implemented = implemented(device);
        if (precision != implemented) {
            throw new IllegalArgumentException("convolutions on " + device.str().getString() + " are computed in "
                    + implemented + "; " + precision + " is not implemented there");
        }
        // Made in a scope, it must not end with it.
        Scope.own(device);
    }

    private static Precision implemented(Device device) {
        return device.is_cuda() ? Precision.TF32 : Precision.FLOAT32;
    }

    /** {@return the first GPU where the CUDA natives are there and find one, else the CPU} Loads libtorch. */
    public static Compute best() {
        return Torch.hasCuda() ? on(new Device("cuda")) : cpu();
    }

    /** {@return the CPU, whatever else there is} Loads libtorch. */
    public static Compute cpu() {
        Torch.load();
        return on(new Device("cpu"));
    }

    private static Compute on(Device device) {
        return new Compute(device, implemented(device));
    }

    /** {@return for people: {@code cpu, 2 threads} or {@code cuda}} */
    public String describe() {
        return device.is_cuda() ? "cuda" : "cpu, " + Torch.threads() + " threads";
    }

    /** {@return the card or the processor that computes, by its maker's name; empty where the system does not tell} */
    public Optional<String> hardware() {
        return device.is_cuda() ? Hardware.cards() : Hardware.processor();
    }
}
