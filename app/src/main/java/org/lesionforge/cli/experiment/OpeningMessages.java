package org.lesionforge.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.Progress;

/**
 * Messages from before a run's log exists, kept to be written there first; with {@code --quiet} they are shown nowhere
 * else.
 */
final class OpeningMessages extends ForwardingProgress {
    private final List<String> texts = new ArrayList<>();

    OpeningMessages(Progress next) {
        super(next);
    }

    @Override
    public synchronized void message(String text) {
        texts.add(text);
        super.message(text);
    }

    @Override
    public synchronized void warn(String text) {
        texts.add("warning: " + text);
        super.warn(text);
    }

    /** In their order. */
    synchronized List<String> texts() {
        return List.copyOf(texts);
    }
}
