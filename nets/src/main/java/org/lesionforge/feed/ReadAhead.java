package org.lesionforge.feed;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Items that a thread makes in their order while earlier ones are used, a stated number of them ahead and never more. What fails there fails here, when
 * its turn has come: with the same exception. Closing ends the thread, after the item that it is making.
 *
 * <p>For one consumer.
 *
 * @param <T> what is made
 */
public final class ReadAhead<T> implements AutoCloseable, Iterator<T> {
    /** Enough that neither waits for the other where one item takes longer than the next. */
    public static final int TWO = 2;

    /** Makes each item when it is asked for, on the thread that asks. */
    public static final int NONE = 0;

    /** What became of one item: made, failed, or there was none left. */
    private record Outcome<T>(Optional<T> item, @Nullable Throwable failure) {}

    private final Iterator<T> source;
    private final Consumer<T> discard;
    private final Semaphore room;
    private final LinkedBlockingQueue<Outcome<T>> made = new LinkedBlockingQueue<>();
    private final @Nullable Thread reader;
    private volatile boolean closed;
    private @Nullable Outcome<T> next;

    /**
     * Begins at once.
     *
     * @param source of the items; used on the other thread alone, or on the consumer's where nothing is made ahead
     * @param discard frees an item that was made and never taken
     * @param ahead items that are made before they are asked for, at most
     */
    public ReadAhead(Iterator<T> source, Consumer<T> discard, int ahead) {
        this.source = source;
        this.discard = discard;
        room = new Semaphore(ahead);
        reader = ahead == NONE ? null : new Thread(this::read, "lesionforge-reader");
        if (reader != null) {
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read() {
        boolean more = true;
        while (more) {
            room.acquireUninterruptibly();
            if (closed) {
                return;
            }
            Outcome<T> outcome = make();
            more = outcome.item().isPresent();
            made.add(outcome);
        }
    }

    private Outcome<T> make() {
        try {
            return new Outcome<>(source.hasNext() ? Optional.of(source.next()) : Optional.empty(), null);
        } catch (RuntimeException | Error e) {
            return new Outcome<>(Optional.empty(), e);
        }
    }

    /** {@return whether there is another item; waits until that is known} What fails is thrown by {@link #next}. */
    @Override
    public boolean hasNext() {
        Outcome<T> outcome = outcome();
        return outcome.item().isPresent() || outcome.failure() != null;
    }

    /**
     * Takes the next item; waits for it where it is not made yet.
     *
     * @return the item; it belongs to the caller
     * @throws NoSuchElementException when there is none left
     * @throws RuntimeException what making it failed with
     */
    @Override
    public T next() {
        Outcome<T> outcome = outcome();
        if (outcome.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (outcome.failure() instanceof Error failure) {
            throw failure;
        }
        T item = outcome.item().orElseThrow();
        next = null;
        room.release();
        return item;
    }

    private Outcome<T> outcome() {
        if (next == null) {
            next = reader == null ? make() : taken();
        }
        return next;
    }

    /** An interruption of this thread waits until the item is there, and is not lost. */
    private Outcome<T> taken() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return made.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Ends the thread and frees what was not taken. The thread is not interrupted: that would close files it shares with others. */
    @Override
    public void close() {
        closed = true;
        if (reader != null) {
            room.release();
            join(reader);
        }
        if (next != null) {
            next.item().ifPresent(discard);
            next = null;
        }
        made.forEach(outcome -> outcome.item().ifPresent(discard));
        made.clear();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
