package org.lesionforge.http;

import java.io.IOException;

/** What a server sends is not what was meant: the beginning that is here belongs to something else, or the whole has the wrong content. */
public final class MismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public MismatchException(String message) {
        super(message);
    }
}
