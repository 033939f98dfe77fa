package org.lesionforge.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.NativeMemory;
import org.lesionforge.io.Seed;

/** The libtorch behind this process: loading, threads, device, generators. */
public final class Torch {
    static {
        NativeMemory.unlimited();
    }

    private Torch() {}

    /**
     * Loads the native libraries; harmless when done before.
     *
     * @throws MissingRequirementException when there are none for this machine, or a library they need is missing
     */
    public static void load() {
        try {
            torch.get_num_threads();
        } catch (LinkageError e) {
            throw new MissingRequirementException(
                    "libtorch cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e.getMessage()
                            + "; build with -Dnatives=… for this platform, see docs/guide/install.md",
                    e);
        }
    }

    /** How many threads one operation may use. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    public static void useThreads(int count) {
        load();
        torch.set_num_threads(count);
    }

    /** Whether the CUDA natives are there and find a GPU. */
    public static boolean hasCuda() {
        load();
        return torch.cuda_is_available();
    }

    /** The first GPU where there is one, else the CPU. */
    public static Device device() {
        return new Device(hasCuda() ? "cuda" : "cpu");
    }

    /** Human-readable: {@code cpu, 2 threads} or {@code cuda}. */
    public static String describeDevice() {
        return hasCuda() ? "cuda" : "cpu, " + threads() + " threads";
    }

    /** A generator of its own, so that nothing depends on what else drew from libtorch's global one. */
    public static Generator generator(Seed seed) {
        load();
        return torch.createCPUGenerator(seed.value());
    }
}
