package org.lesionforge.doctor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the program is started in.
 *
 * @param environment variables
 * @param properties of the Java machine
 * @param root where {@code proc} and {@code sys} are
 * @param classes where the jars of native libraries are looked for
 */
public record Host(Map<String, String> environment, Map<String, String> properties, Path root, ClassLoader classes) {
    /** {@return the machine and the settings of this process} */
    public static Host here() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        return new Host(System.getenv(), properties, Path.of("/"), Host.class.getClassLoader());
    }

    /** A variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** A property, or nothing for one that is not set. */
    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    boolean isWindows() {
        return property("os.name").startsWith("Windows");
    }

    /** The home folder; empty where the system has none, which Java writes as a question mark. */
    Optional<Path> home() {
        String home = property("user.home");
        return home.isBlank() || home.equals("?") ? Optional.empty() : Optional.of(Path.of(home));
    }
}
