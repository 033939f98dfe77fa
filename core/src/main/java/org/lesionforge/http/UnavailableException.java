package org.lesionforge.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;

/** A server did not give what it was asked for, with all the patience there was. The message says why, and neither from where nor what for. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String answer;

    public UnavailableException(String message, Throwable cause) {
        this(message, 0, "", cause);
    }

    UnavailableException(String message, int status, String answer, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.answer = answer;
    }

    /** Whether it may be another time: no connection, a busy server. Another answer will be the same again. */
    public boolean mayPass() {
        Throwable cause = getCause();
        return cause instanceof TransientFailure
                || cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException;
    }

    /** The HTTP status of the answer; 0 when there was none. */
    public int status() {
        return status;
    }

    /** The beginning of the answer's body; empty when there was none. */
    public String answer() {
        return answer;
    }
}
