package org.lesionforge.torch;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.MissingRequirementException;

/** The folder of the class path that holds libtorch for a platform: one for the CPU, another for CUDA. */
final class NativeFolder {
    /** What JavaCPP puts behind the name of a platform for natives of another kind. */
    private static final List<String> EXTENSIONS = List.of("", "-gpu");

    private static final String ROOT = "org/bytedeco/pytorch/";

    private NativeFolder() {}

    /**
     * Finds the folder. A process that loads libtorch for the CPU and libtorch for CUDA crashes without a message, so both together are refused.
     *
     * @param classes that know the class path
     * @param platform as JavaCPP names it: {@code linux-x86_64}
     * @param library a file that every such folder has, as the platform names libraries: {@code libjnitorch.so}
     * @return the folder, with its end {@code /}; the one for the CPU where there is neither, so that loading names what is missing
     * @throws MissingRequirementException when both are there
     */
    static String of(ClassLoader classes, String platform, String library) {
        List<String> folders = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String extension : EXTENSIONS) {
            String folder = ROOT + platform + extension + "/";
            URL found = classes.getResource(folder + library);
            if (found != null) {
                folders.add(folder);
                places.add(found.toString());
            }
        }
        if (folders.size() > 1) {
            throw new MissingRequirementException(
                    "libtorch for the CPU and libtorch for CUDA are both on the class path, "
                            + "and a process that loads both crashes: " + String.join(" and ", places)
                            + "; keep one of them: a build with -Pcuda has the one for CUDA alone, see docs/guide/gpu.md");
        }
        return folders.isEmpty() ? ROOT + platform + "/" : folders.get(0);
    }
}
