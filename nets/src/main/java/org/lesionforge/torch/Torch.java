package org.lesionforge.torch;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.OptionalDeviceGuard;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.NativeMemory;
import org.lesionforge.io.Seed;

/** The libtorch behind this process: loading, threads, generators. */
public final class Torch {
    static {
        NativeMemory.unlimited();
    }

    /** By this the user says how many threads, and is obeyed. */
    private static final String THREADS_VARIABLE = "OMP_NUM_THREADS";

    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,\\s]+)");

    private static volatile boolean loaded;

    /** Threads that were asked for before loading; 0 for none. */
    private static volatile int wanted;

    private Torch() {}

    /**
     * Loads the native libraries; harmless when done before.
     *
     * @throws MissingRequirementException when there are none for this machine, a library they need is missing, or they compute wrongly
     */
    public static void load() {
        if (loaded) {
            return;
        }
        extractDependencies();
        try {
            if (wanted > 0) {
                setThreads(wanted);
            } else if (System.getenv(THREADS_VARIABLE) == null) {
                setThreads(usefulThreads(
                        PhysicalCores.count(),
                        torch.get_num_threads(),
                        Runtime.getRuntime().availableProcessors()));
            }
            // cuDNN would round to it unless told otherwise.
            Arithmetic.allowTf32(false);
            ConvolutionCheck.require();
            loaded = true;
        } catch (LinkageError e) {
            throw new MissingRequirementException(
                    "libtorch cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e.getMessage()
                            + "; build with -Dnatives=… for this platform, see docs/guide/install.md",
                    e);
        }
    }

    /**
     * libtorch counts cores by itself, and wrongly on some machines: one of two on a virtual AMD EPYC, all 64 of a host in a container that may
     * use two.
     */
    static int usefulThreads(OptionalInt cores, int counted, int allowed) {
        return Math.min(allowed, cores.orElse(counted));
    }

    // JavaCPP unpacks and loads one library after the other, libtorch.so before the ones it needs. On the first start
    // those are not beside it yet, and the system's own, of another version, would come in their place: two libtorchs
    // in one process, which crash.
    private static void extractDependencies() {
        ClassLoader classes = Torch.class.getClassLoader();
        String folder = NativeFolder.of(classes, Loader.getPlatform(), System.mapLibraryName("jnitorch"));
        for (String library : List.of("libtorch_cpu.so", "libtorch_cuda.so")) {
            try {
                Loader.cacheResources("/" + folder + library);
            } catch (IOException e) {
                String cache = System.getProperty(
                        "org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache");
                throw new MissingRequirementException(
                        "the native libraries cannot be unpacked to " + cache + ": " + e.getMessage()
                                + "; free space there, or name another folder with -Dorg.bytedeco.javacpp.cachedir=…",
                        e);
            }
        }
    }

    /** {@return how many threads one operation may use: the cores that this process may use, unless {@code OMP_NUM_THREADS} says otherwise} */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /**
     * Sets how many threads one operation may use, from now on or from when the libraries are loaded.
     *
     * @param count at least 1
     */
    public static void useThreads(int count) {
        wanted = count;
        if (loaded) {
            setThreads(count);
        }
    }

    /**
     * libtorch does not hand the number on to OpenBLAS, whose products of matrices share one pool of threads: callers in
     * parallel would spin for its workers instead of computing.
     */
    private static void setThreads(int count) {
        torch.set_num_threads(count);
        openblas_nolapack.blas_set_num_threads(count);
    }

    /** How many GPUs the CUDA natives find; 0 without them. */
    static int cards() {
        load();
        return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
    }

    /** Whether a device is a card that has TF32 and bfloat16: one of compute capability 8.0 (Ampere) or newer has both, an older one neither. */
    static boolean rounds(Device device) {
        if (!device.is_cuda()) {
            return false;
        }
        // libtorch answers for the card in use.
        try (OptionalDeviceGuard use = new OptionalDeviceGuard(device)) {
            return torch.getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
        }
    }

    /** {@return the version of libtorch, with the vector instructions that it uses: {@code 2.10.0, AVX2}} */
    public static String version() {
        load();
        Matcher matcher = VERSION.matcher(torch.show_config().getString());
        return (matcher.find() ? matcher.group(1) : "unknown") + ", "
                + torch.get_cpu_capability().getString();
    }

    /**
     * A generator of its own, so that nothing depends on what else drew from libtorch's global one.
     *
     * @param seed from which all it draws follows
     * @return the CPU's Mersenne Twister with that seed, to be closed
     */
    public static Generator generator(Seed seed) {
        load();
        return torch.createCPUGenerator(seed.value());
    }
}
