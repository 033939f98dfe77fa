package org.lesionforge.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where JavaCPP unpacks native libraries: the first of its folders that it can use, as it chooses itself, but nothing is made here. */
final class NativesFolder {
    private NativesFolder() {}

    /** In the order in which JavaCPP tries them. */
    static List<Path> candidates(Host host) {
        List<Path> folders = new ArrayList<>();
        String given = host.property("org.bytedeco.javacpp.cachedir");
        if (!given.isBlank()) {
            folders.add(Path.of(given));
        }
        host.home().ifPresent(home -> folders.add(home.resolve(".javacpp").resolve("cache")));
        String temporary = host.property("java.io.tmpdir");
        if (!temporary.isBlank()) {
            folders.add(Path.of(temporary, ".javacpp-" + host.property("user.name"), "cache"));
        }
        return folders;
    }

    /** Empty when it can use none. */
    static Optional<Path> of(Host host) {
        return candidates(host).stream().filter(Places::isUsable).findFirst();
    }

    /** Where a library of a jar is unpacked. */
    static Path of(Path folder, NativeJar jar, String entry) {
        return folder.resolve(jar.file().getFileName()).resolve(entry);
    }
}
