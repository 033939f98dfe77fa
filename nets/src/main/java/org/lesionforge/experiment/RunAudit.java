package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.audit.Audit;
import org.lesionforge.audit.AuditFolder;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.audit.Finding;
import org.lesionforge.audit.WeightsNetwork;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;

/** The audit of a run's data set, in the run's folder {@code audit}; made once. */
final class RunAudit {
    private RunAudit() {}

    /**
     * Reports leaks and warnings of a new audit; an existing audit is read.
     *
     * @param network to compare images with, if any
     */
    static AuditResult of(Dataset dataset, Optional<WeightsNetwork> network, RunDirectory run, Progress progress)
            throws IOException {
        Path folder = run.layout().audit();
        if (Files.exists(AuditFolder.result(folder))) {
            return AuditFolder.read(folder);
        }
        AuditResult audit = Audit.of(dataset, network.map(each -> each), progress);
        AuditFolder.write(folder, dataset, audit);
        audit.findings().stream()
                .filter(finding -> finding.level() != Finding.Level.NOTE)
                .forEach(finding -> progress.message("audit: " + finding.level().word() + ": " + finding.text()));
        return audit;
    }
}
