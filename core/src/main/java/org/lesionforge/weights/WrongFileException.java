package org.lesionforge.weights;

import java.io.IOException;

/** A file that is not what its name promises. */
final class WrongFileException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongFileException(String message) {
        super(message);
    }
}
