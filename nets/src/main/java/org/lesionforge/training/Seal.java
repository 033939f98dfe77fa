package org.lesionforge.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/** The checksums in a checkpoint's JSON: that of its tensors, and its own, which is of the whole document with null in its place. */
final class Seal {
    private static final String TENSORS = "tensors_sha256";
    private static final String OWN = "sha256";

    private Seal() {}

    /** The document to write, with both checksums. */
    static ObjectNode of(CheckpointHeader header, String tensorsSha256) {
        ObjectNode sealed = document(header).put(TENSORS, tensorsSha256);
        return sealed.put(OWN, ownSha256(sealed));
    }

    /** Whether the checkpoint comes from a version that kept no checksums. */
    static boolean isMissing(CheckpointHeader header) {
        return header.logSha256() == null && header.tensorsSha256() == null && header.sha256() == null;
    }

    /** @throws UnusableInputException when it is not what was written, or the tensors are not those it was written with */
    static void requireUnbroken(CheckpointHeader header, Path json, Path tensors) {
        if (isMissing(header)) {
            return;
        }
        String remedy = "bring it back as it was";
        Checksums.require(json, header.sha256(), ownSha256(document(header)), remedy);
        Checksums.require(tensors, header.tensorsSha256(), remedy);
    }

    private static ObjectNode document(CheckpointHeader header) {
        return Objects.requireNonNull(Json.convert(header, ObjectNode.class));
    }

    private static String ownSha256(ObjectNode document) {
        return Sha256.of(Json.line(document.deepCopy().putNull(OWN)).getBytes(StandardCharsets.UTF_8));
    }
}
