package org.lesionforge.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.io.FileTree;

/** All checks, one after the other. */
public final class Doctor {
    private static final Map<String, Check> CHECKS = new LinkedHashMap<>();

    static {
        CHECKS.put("java", new JavaCheck());
        CHECKS.put("locale", new LocaleCheck());
        CHECKS.put("threads", new ThreadsCheck());
        CHECKS.put("natives", new LibrariesCheck());
        CHECKS.put("gpu", new GpuCheck());
        CHECKS.put("weights", new WeightsCheck());
        CHECKS.put("caches", new CachesCheck());
        CHECKS.put("disk", new DiskCheck());
    }

    private Doctor() {}

    /**
     * Runs every check. Throws nothing: a check that fails is a finding that something is missing.
     *
     * @param host what the checks look for on this machine
     * @return one or more findings of each check, in the order of the checks
     */
    public static List<Finding> examine(Host host) {
        List<Finding> findings = new ArrayList<>();
        CHECKS.forEach((name, check) -> findings.addAll(guarded(name, check, host)));
        return findings;
    }

    static List<Finding> guarded(String name, Check check, Host host) {
        try {
            return check.of(host);
        } catch (IOException e) {
            return List.of(unknown(name, FileTree.reason(e)));
        } catch (RuntimeException | LinkageError e) {
            return List.of(
                    unknown(name, Objects.requireNonNullElse(e.getMessage(), "the check ended without a reason")));
        }
    }

    private static Finding unknown(String name, String why) {
        return Finding.missing(
                name, "cannot be found out: " + why, "mend what the message names, then run this again", Map.of());
    }
}
