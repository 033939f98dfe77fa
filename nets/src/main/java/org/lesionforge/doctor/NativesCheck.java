package org.lesionforge.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The native libraries: whether there are any for this platform, and whether they are unpacked or can be. */
final class NativesCheck {
    /**
     * A library that commands need.
     *
     * @param check what its finding is called
     * @param module of the jar that it comes in
     * @param unpacked which files of the jar JavaCPP unpacks; the others are of parts that are not used here
     */
    private record Library(String check, String module, Pattern unpacked) {}

    private static final String SHARED = "\\.(so|dylib|dll)(\\.\\d+)*";
    private static final List<Library> LIBRARIES = List.of(
            library("javacpp", "javacpp", "(lib)?jnijavacpp" + SHARED),
            library("libtorch", "pytorch", "(?!libjnitorch_gloo).*" + SHARED),
            library("openblas", "openblas", "(?!.*openblas_full).*" + SHARED),
            library("jpeg", "opencv", "(lib)?(jni)?opencv_(core|imgproc|imgcodecs)\\d*" + SHARED));

    private NativesCheck() {}

    private static Library library(String check, String module, String unpacked) {
        return new Library(check, module, Pattern.compile(unpacked));
    }

    /** @param platform that natives are needed for: {@code linux-x86_64} */
    static List<Finding> of(Host host, String platform) throws IOException {
        List<NativeJar> jars = NativeJar.of(host.classes());
        List<Finding> findings = new ArrayList<>();
        long waiting = 0;
        for (Library library : LIBRARIES) {
            List<NativeJar> ofModule = jars.stream()
                    .filter(jar -> jar.module().equals(library.module()))
                    .toList();
            Optional<NativeJar> fitting =
                    ofModule.stream().filter(jar -> jar.isFor(platform)).findFirst();
            if (fitting.isPresent()) {
                Unpacking unpacking = Unpacking.of(fitting.get(), library.unpacked());
                Finding finding = unpacking.finding(library.check(), host, waiting);
                waiting += finding.facts().get(Unpacking.WAITING) instanceof Long bytes ? bytes : 0;
                findings.add(finding);
            } else {
                findings.add(absent(library.check(), platform, ofModule));
            }
        }
        return findings;
    }

    private static Finding absent(String check, String platform, List<NativeJar> others) {
        String there = others.isEmpty()
                ? "none is there"
                : "those there are for "
                        + String.join(
                                ", ", others.stream().map(NativeJar::platform).toList());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("platform", platform);
        facts.put("others", others.stream().map(NativeJar::platform).toList());
        return Finding.missing(
                check,
                "no native libraries for " + platform + "; " + there,
                "build on this machine with ./lesionforge, or with -Dnatives=" + platform
                        + "; docs/guide/install.md has the platforms",
                facts);
    }
}
