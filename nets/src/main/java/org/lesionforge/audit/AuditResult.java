package org.lesionforge.audit;

import java.util.List;

/**
 * The content of {@code audit.json}; its keys are a contract (docs/contracts.md).
 *
 * @param partsOverlap whether a copy, a patient or a lesion is in two parts, which makes results on this split invalid
 * @param findings the same in plain words, worst first
 * @param seconds that the audit took
 */
public record AuditResult(
        int formatVersion,
        String dataset,
        String splitSha256,
        int images,
        boolean partsOverlap,
        List<Finding> findings,
        ClassBalance balance,
        DuplicatePairs copies,
        LookAlikes lookAlikes,
        List<Identifier> identifiers,
        List<Confounder> confounders,
        List<Licence> licences,
        double seconds) {
    static final int FORMAT_VERSION = 1;
}
