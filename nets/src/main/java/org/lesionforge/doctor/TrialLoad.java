package org.lesionforge.doctor;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;

/** A process that loads one native library, says what it is, and ends. */
final class TrialLoad {
    /** The exit code of a library that cannot be loaded, with the reason on stdout. */
    static final int CANNOT = 4;

    private TrialLoad() {}

    /** @param arguments {@code libtorch} or {@code jpeg} */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            out.println(arguments[0].equals("jpeg") ? jpeg() : libtorch());
        } catch (MissingRequirementException | LinkageError e) {
            out.println(e.getMessage());
            out.flush();
            System.exit(CANNOT);
        }
    }

    /** Its version, and what it computes with; one convolution is checked. */
    private static String libtorch() {
        return Torch.version() + "; " + Compute.best().describe();
    }

    private static String jpeg() {
        Loader.load(opencv_imgcodecs.class);
        // The text of C++ has its end mark with it.
        return "OpenCV " + opencv_core.getVersionString().getString().replace("\0", "");
    }
}
