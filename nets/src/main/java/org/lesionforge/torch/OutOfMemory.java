package org.lesionforge.torch;

import java.util.List;
import java.util.Locale;
import org.lesionforge.io.MissingRequirementException;

/** How libtorch says that a card, or the machine, has no memory left: by the text of its exception alone. Knows no native library. */
public final class OutOfMemory {
    /** The allocators of CUDA and of the CPU, the CUDA driver, cuBLAS and cuDNN; C++ has one of its own. */
    private static final List<String> TEXTS = List.of(
            "CUDA out of memory",
            "CUDA error: out of memory",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_ALLOC_FAILED",
            "DefaultCPUAllocator: can't allocate memory",
            "DefaultCPUAllocator: not enough memory",
            "std::bad_alloc");

    /** libtorch appends where it was thrown. */
    private static final String TRACE = "\nException raised from";

    private OutOfMemory() {}

    /**
     * {@return whether this failure, or one that caused it, says that memory is exhausted}
     *
     * @param failure of any kind
     */
    public static boolean is(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            // What was explained before keeps its explanation.
            if (each instanceof MissingRequirementException) {
                return false;
            }
            String message = String.valueOf(each.getMessage());
            if (TEXTS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The failure for a user.
     *
     * @param failure that {@link #is} one of memory
     * @param what there was no memory for, and what to do about it
     * @return to be thrown; its message ends with what libtorch says of the card
     */
    public static MissingRequirementException explained(RuntimeException failure, String what) {
        return new MissingRequirementException(what + " (" + words(failure) + ")", failure);
    }

    /** What libtorch says, on one line. */
    private static String words(Throwable failure) {
        for (Throwable each = failure; ; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (each.getCause() == null || TEXTS.stream().anyMatch(message::contains)) {
                String first = message.split(TRACE, 2)[0].split("\n", 2)[0].strip();
                return String.format(Locale.ROOT, "libtorch: %s", first);
            }
        }
    }
}
