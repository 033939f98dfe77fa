package org.lesionforge.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** A request failed after all retries. The message gives the reason, but neither the address nor the purpose. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String answer;

    /**
     * For a failure that would be the same again. Its status is 0.
     *
     * @param message the reason
     */
    public UnavailableException(String message) {
        this(message, null);
    }

    /**
     * For a failure with another exception behind it. Its status is 0.
     *
     * @param message the reason
     * @param cause by which {@link #mayPass} judges; null: it would be the same again
     */
    public UnavailableException(String message, @Nullable Throwable cause) {
        this(message, 0, "", cause);
    }

    UnavailableException(String message, int status, String answer, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.answer = answer;
    }

    /**
     * {@return whether a later attempt may succeed: no connection, a busy server} Any other failure would be the same
     * again.
     */
    public boolean mayPass() {
        Throwable cause = getCause();
        return cause instanceof TransientFailure
                || cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException;
    }

    /** {@return the HTTP status of the response; 0 when there was none} */
    public int status() {
        return status;
    }

    /** {@return the beginning of the response's body; empty when there was none} */
    public String answer() {
        return answer;
    }
}
