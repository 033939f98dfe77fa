package org.lesionforge.generator.run;

import org.lesionforge.io.UnusableInputException;

/** A {@link SyntheticWriter.Admission} lets too few of the images through that a generator draws, or cannot tell which. */
public final class NotAdmittedException extends UnusableInputException {
    private static final long serialVersionUID = 1L;

    /**
     * With what was found.
     *
     * @param message why there are too few, where, and what to do
     */
    public NotAdmittedException(String message) {
        super(message);
    }
}
