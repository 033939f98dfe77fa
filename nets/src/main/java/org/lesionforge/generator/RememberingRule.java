package org.lesionforge.generator;

import com.fasterxml.jackson.databind.JsonNode;
import org.lesionforge.io.json.Json;

/**
 * A rule whose memory is one immutable value, which JSON can hold.
 *
 * @param <S> what it remembers
 */
public abstract class RememberingRule<S> implements AlarmRule {
    private final Class<S> type;
    private S state;

    /**
     * Begins to watch.
     *
     * @param type of what it remembers
     * @param start what it remembers before the first step
     */
    protected RememberingRule(Class<S> type, S start) {
        this.type = type;
        state = start;
    }

    /**
     * Replaces what it remembers.
     *
     * @param next from now on
     */
    protected final void remember(S next) {
        state = next;
    }

    @Override
    public final S state() {
        return state;
    }

    @Override
    public final void restore(JsonNode earlier) {
        state = Json.convert(earlier, type);
    }
}
