package org.lesionforge.doctor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether names of files outside ASCII are what they seem. */
final class LocaleCheck implements Check {
    @Override
    public List<Finding> of(Host host) {
        String charset = host.property("sun.jnu.encoding");
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .flatMap(name -> host.variable(name).stream())
                .findFirst()
                .orElse(host.isWindows() ? "the system's" : "POSIX");
        String found = locale + ", names of files in " + charset;
        Map<String, Object> facts = Map.of("locale", locale, "charset", charset);
        // Windows keeps names as Unicode, whatever the locale.
        if (host.isWindows() || charset.equalsIgnoreCase("UTF-8")) {
            return List.of(Finding.ok("locale", found, facts));
        }
        return List.of(Finding.note(
                "locale",
                found + ": names outside ASCII cannot be read",
                "set LC_ALL=C.UTF-8, or start the program by its launcher ./lesionforge",
                facts));
    }
}
