package org.lesionforge.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionforge.audit.AuditResult;
import org.lesionforge.audit.Confounder;
import org.lesionforge.audit.ImagePair;

/** An audit for a terminal: the findings, the confounders, the worst pairs. */
final class AuditText {
    private static final int SHOWN_PAIRS = 10;

    private AuditText() {}

    static List<String> lines(AuditResult audit) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d images, audited in %.0f s; %s",
                audit.dataset(),
                audit.images(),
                audit.seconds(),
                audit.partsOverlap() ? "PARTS OVERLAP" : "parts do not overlap"));
        lines.add("");
        audit.findings()
                .forEach(finding -> lines.add(
                        String.format("%-8s %s", finding.level().word().toUpperCase(Locale.ROOT), finding.text())));
        lines.add("");
        lines.add("property alone           AUC   95 % interval   verdict");
        audit.confounders().forEach(each -> lines.add(confounder(each)));
        pairs("the same photograph", audit.copies().pairs(), lines);
        pairs("alike to the network", audit.lookAlikes().pairs(), lines);
        lines.add("");
        return lines;
    }

    private static String confounder(Confounder each) {
        return Double.isNaN(each.auc())
                ? String.format(Locale.ROOT, "%-24s    -               -   %s", each.name(), each.verdict())
                : String.format(
                        Locale.ROOT,
                        "%-24s %.2f    %.2f – %.2f    %s",
                        each.name(),
                        each.auc(),
                        each.ci95().low(),
                        each.ci95().high(),
                        each.verdict());
    }

    private static void pairs(String title, List<ImagePair> pairs, List<String> lines) {
        if (pairs.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + " (" + Math.min(SHOWN_PAIRS, pairs.size()) + " of " + pairs.size() + " pairs, worst first):");
        for (ImagePair pair : pairs.subList(0, Math.min(SHOWN_PAIRS, pairs.size()))) {
            String how = pair.how() == null ? "" : "; " + pair.how();
            String cosine = pair.cosine() == null ? "" : String.format(Locale.ROOT, "; cosine %.3f", pair.cosine());
            lines.add("  " + pair.text() + how + cosine);
        }
    }
}
