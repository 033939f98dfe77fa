package org.lesionforge.isic;

import java.io.IOException;
import java.util.Objects;

/** An invalid response of the ISIC Archive. */
final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_EXCERPT = 80;

    /** The beginning of a response, for a message: one short line without control characters. */
    static String excerpt(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\uFFFD]", "?");
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "…";
    }

    UnexpectedAnswerException(String message) {
        super(message);
    }

    UnexpectedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
