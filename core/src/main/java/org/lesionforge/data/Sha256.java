package org.lesionforge.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash of this package. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(byte[]... pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
