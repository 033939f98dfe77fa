package org.lesionforge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.Progress;

/** Requests its cancellation when so many units of a task are done, and keeps what it was told. */
public final class StopAfter implements Progress {
    private final Cancellation cancellation = new Cancellation();
    private final String task;
    private final long units;
    private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    /** @param task what is stopped; what comes before it is not */
    public StopAfter(String task, long units) {
        this.task = task;
        this.units = units;
    }

    @Override
    public void advance(String name, long done, long total, String detail) {
        if (name.equals(task)) {
            told.add(done);
            if (done == units) {
                cancellation.request();
            }
        }
    }

    @Override
    public void message(String text) {
        messages.add(text);
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    /** How many units were done each time the task was advanced. */
    public List<Long> told() {
        return List.copyOf(told);
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }
}
