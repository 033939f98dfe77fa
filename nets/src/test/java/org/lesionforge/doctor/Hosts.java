package org.lesionforge.doctor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Machines to examine: nothing of this one but what a test gives. */
final class Hosts {
    private Hosts() {}

    /** A Linux with a home folder, and no system folders that are not below {@code root}. */
    static Host linux(Path root, ClassLoader classes, Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        properties.put("os.name", "Linux");
        properties.put("user.home", root.resolve("home").toString());
        properties.put("user.name", "somebody");
        properties.put("java.io.tmpdir", root.resolve("tmp").toString());
        properties.put("sun.jnu.encoding", "UTF-8");
        return new Host(environment, properties, root, classes);
    }

    static Host linux(Path root, Map<String, String> environment) {
        return linux(root, Hosts.class.getClassLoader(), environment);
    }
}
