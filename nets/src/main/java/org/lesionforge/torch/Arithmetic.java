package org.lesionforge.torch;

import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How exactly this thread's operations are computed until it is closed: opened around a step of training, or around what must be exact. Without
 * one, everything is float32.
 *
 * <p>Whether a GPU rounds to TF32 is one switch for the whole process. So threads that train in TF32 take turns with those that need to be
 * exact, a step each.
 */
public final class Arithmetic implements AutoCloseable {
    private static final ReentrantLock TF32_SWITCH = new ReentrantLock();

    private final DeviceType device;
    private final boolean switches;
    private final boolean tf32Before;
    private final boolean autocastBefore;
    private final boolean cacheBefore;

    private Arithmetic(DeviceType device, Precision precision) {
        this.device = device;
        switches = device == DeviceType.CUDA && precision != Precision.BFLOAT16;
        if (switches) {
            TF32_SWITCH.lock();
        }
        tf32Before = torch.globalContext().allowTF32CuDNN();
        autocastBefore = torch.is_autocast_enabled(device);
        cacheBefore = torch.is_autocast_cache_enabled();
        if (switches) {
            allowTf32(precision == Precision.TF32);
        }
        if (precision == Precision.BFLOAT16) {
            torch.set_autocast_dtype(device, ScalarType.BFloat16);
            // Copies of weights that are kept would be those of before the optimiser's step.
            torch.set_autocast_cache_enabled(false);
        }
        torch.set_autocast_enabled(device, precision == Precision.BFLOAT16);
    }

    static Arithmetic of(Device device, Precision precision) {
        return new Arithmetic(device.is_cuda() ? DeviceType.CUDA : DeviceType.CPU, precision);
    }

    /** For convolutions (cuDNN) and products of matrices (cuBLAS); the CPU does not know it. */
    static void allowTf32(boolean allowed) {
        Context context = torch.globalContext();
        context.setAllowTF32CuDNN(allowed);
        context.setAllowTF32CuBLAS(allowed);
    }

    /** Computes again as before it was opened; on the thread that opened it. */
    @Override
    public void close() {
        torch.set_autocast_enabled(device, autocastBefore);
        torch.set_autocast_cache_enabled(cacheBefore);
        if (switches) {
            allowTf32(tf32Before);
            TF32_SWITCH.unlock();
        }
    }
}
