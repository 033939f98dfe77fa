package org.lesionforge.image;

import java.util.Objects;

/** A file that is not an image this program can read. The message is a short reason, for a list of skipped files. */
public final class UnreadableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * For a fault found in the file's bytes.
     *
     * @param reason short, without the file's name
     */
    public UnreadableImageException(String reason) {
        super(reason);
    }

    /**
     * For a fault that a codec or the file system found.
     *
     * @param reason short, without the file's name
     * @param cause what that one said
     */
    public UnreadableImageException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
