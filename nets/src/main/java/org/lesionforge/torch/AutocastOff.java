package org.lesionforge.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Until it is closed, this thread computes each operation in the types of its tensors, whatever {@link Arithmetic} is open: for the way back,
 * whose gradients have the types of what they are of, and for what must not be rounded within a step. TF32 stays as it is.
 */
public final class AutocastOff implements AutoCloseable {
    private final boolean onCpu = torch.is_autocast_enabled(DeviceType.CPU);
    private final boolean onCards = torch.is_autocast_enabled(DeviceType.CUDA);

    /** Begins, on this thread. */
    public AutocastOff() {
        set(false, false);
    }

    private static void set(boolean cpu, boolean cards) {
        torch.set_autocast_enabled(DeviceType.CPU, cpu);
        torch.set_autocast_enabled(DeviceType.CUDA, cards);
    }

    /** Casts again where that was done before; on the thread that opened it. */
    @Override
    public void close() {
        set(onCpu, onCards);
    }
}
