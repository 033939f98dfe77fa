package org.lesionforge.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.Metadata;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.Features;

/** Searches a prepared data set for problems. */
public final class Audit {
    private Audit() {}

    /** A network to compare images with. */
    public interface Network {
        /** {@return what people call it} */
        String name();

        /**
         * Reads images.
         *
         * @param images of any size
         * @return one vector per image, in order
         */
        Features features(ImageSet images);
    }

    /**
     * Audits all parts of a data set.
     *
     * @param dataset all of its images, whatever their part
     * @param network without it images are compared by their pixels alone
     * @param progress receives how many images are compared; its cancellation ends the search for copies between two
     * @return what was found; writes nothing
     */
    public static AuditResult of(Dataset dataset, Optional<Network> network, Progress progress) {
        long start = System.nanoTime();
        progress.message("auditing " + dataset.images().size() + " images");
        Metadata metadata = Metadata.of(dataset);
        Cosines cosines = network.map(net -> Cosines.of(net.features(new AuditedImages(dataset, Integer.MAX_VALUE))))
                .orElse(Cosines.NONE);
        DuplicatePairs copies = DuplicatePairs.of(dataset, cosines, progress);
        LookAlikes lookAlikes =
                LookAlikes.of(dataset, network.map(Network::name).orElse(null), cosines, copies);
        List<Identifier> identifiers = Identifier.all(dataset, metadata);
        List<Confounder> confounders = Confounder.all(dataset);
        ClassBalance balance = ClassBalance.of(dataset);
        List<Licence> licences = Licence.all(metadata);
        List<Finding> findings = Stream.of(
                        copies.findings(),
                        identifiers.stream().flatMap(Identifier::findings),
                        lookAlikes.findings(),
                        confounders.stream().flatMap(Confounder::findings),
                        balance.findings(),
                        Licence.findings(licences))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(Finding::level))
                .toList();
        return new AuditResult(
                AuditResult.FORMAT_VERSION,
                HomePath.shown(dataset.folder()),
                dataset.manifest().split().sha256(),
                dataset.images().size(),
                findings.stream().anyMatch(finding -> finding.level() == Finding.Level.LEAK),
                findings,
                balance,
                copies,
                lookAlikes,
                identifiers,
                confounders,
                licences,
                (System.nanoTime() - start) / 1e9);
    }
}
