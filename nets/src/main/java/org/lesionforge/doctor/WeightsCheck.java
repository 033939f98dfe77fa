package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Sha256;
import org.lesionforge.weights.KnownWeights;
import org.lesionforge.weights.WeightsCache;

/** Which of the known networks are here, by their checksums; of those that are not, the two that most users need. No command needs one unless it is told to. */
final class WeightsCheck implements Check {
    @Override
    public List<Finding> of(Host host) {
        WeightsCache cache = WeightsCache.ofUser();
        List<KnownWeights> usual = List.of(KnownWeights.IMAGENET, KnownWeights.FID);
        return KnownWeights.ALL.stream()
                .filter(known -> usual.contains(known) || cache.has(known))
                .map(known -> of(known, cache.path(known)))
                .toList();
    }

    static Finding of(KnownWeights known, Path file) {
        String check = "weights " + known.name();
        String fetch = "lesionforge weights fetch " + known.name();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", file.toString());
        if (!Files.exists(file)) {
            return Finding.note(check, "not here; " + known.use(), "when a command is to use it: " + fetch, facts);
        }
        try {
            String sha256 = Sha256.of(file);
            facts.put("bytes", Files.size(file));
            facts.put("sha256", sha256);
            return known.matches(sha256)
                    ? Finding.ok(check, file + ", " + Bytes.text(Files.size(file)) + ", checksum right", facts)
                    : Finding.missing(
                            check,
                            file + " has been changed: its SHA-256 is " + sha256 + ", expected " + known.sha256(),
                            fetch,
                            facts);
        } catch (IOException e) {
            return Finding.missing(
                    check, file + " cannot be read: " + FileTree.reason(e), "remove it, then: " + fetch, facts);
        }
    }
}
