package org.lesionforge.cli.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.doctor.Doctor;
import org.lesionforge.doctor.Finding;
import org.lesionforge.doctor.Host;
import org.lesionforge.doctor.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor} */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks that this machine has what the program needs, and says what to do about what is missing. Native "
                        + "libraries are loaded on trial, each in a process of its own, and unpacked for that if they "
                        + "are not yet.",
        footer = {"", "Exit code 4 when something needed is missing."})
public final class DoctorCommand implements Callable<Integer> {
    private static final int CHECK_WIDTH = 30;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        common.progress().message("examining this machine, and loading its native libraries on trial");
        List<Finding> findings = Doctor.examine(Host.here());
        boolean complete = findings.stream().noneMatch(finding -> finding.state() == State.MISSING);
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("complete", complete);
            result.put("findings", findings);
            common.printJson(result);
        } else {
            findings.forEach(this::print);
        }
        return complete ? ExitCode.DONE : ExitCode.MISSING_REQUIREMENT;
    }

    private void print(Finding finding) {
        common.print(String.format(
                Locale.ROOT,
                "%-8s %-" + CHECK_WIDTH + "s %s",
                finding.state().word(),
                finding.check(),
                finding.found()));
        if (finding.remedy() != null) {
            common.print(" ".repeat(CHECK_WIDTH + 10) + "-> " + finding.remedy());
        }
    }
}
