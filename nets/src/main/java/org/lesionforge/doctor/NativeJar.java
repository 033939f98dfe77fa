package org.lesionforge.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar of native libraries, as JavaCPP's projects publish them.
 *
 * @param module {@code pytorch}
 * @param platform {@code linux-x86_64}, {@code linux-x86_64-gpu}
 */
record NativeJar(Path file, String module, String platform) {
    private static final Pattern NAME =
            Pattern.compile("([a-z]+)-[0-9.]+(?:-[0-9.]+)?-((?:linux|macosx|windows|android|ios)-.+)\\.jar");
    /** Every jar has one, so it names them all. */
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Those that the program was started with, of any platform. */
    static List<NativeJar> of(ClassLoader classes) throws IOException {
        List<NativeJar> jars = new ArrayList<>();
        for (URL manifest : Collections.list(classes.getResources(MANIFEST))) {
            String address = manifest.getPath();
            int end = address.lastIndexOf("!/");
            if (!manifest.getProtocol().equals("jar") || end < 0) {
                continue;
            }
            Path file = path(address.substring(0, end));
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                jars.add(new NativeJar(file, name.group(1), name.group(2)));
            }
        }
        return jars;
    }

    private static Path path(String address) throws IOException {
        try {
            return Path.of(new URI(address));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("the jar " + address + " has no path", e);
        }
    }

    /** Whether its libraries are for a platform, with extensions such as {@code -gpu} or without. */
    boolean isFor(String wanted) {
        return platform.equals(wanted) || platform.startsWith(wanted + "-");
    }

    /** With CUDA. */
    boolean isForGpu() {
        return platform.endsWith("-gpu");
    }
}
