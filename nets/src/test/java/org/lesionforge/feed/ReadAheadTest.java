package org.lesionforge.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesionforge.io.UnusableInputException;

@Timeout(60)
final class ReadAheadTest {
    private static final int ITEMS = 7;

    private final List<Integer> discarded = new ArrayList<>();

    private static Iterator<Integer> items(IntFunction<Integer> make) {
        return IntStream.range(0, ITEMS).mapToObj(make).iterator();
    }

    private ReadAhead<Integer> reader(IntFunction<Integer> make) {
        return new ReadAhead<>(items(make), discarded::add, ReadAhead.TWO);
    }

    /** A reader that reports each item it begins, and waits for leave to finish it. */
    private static final class SlowReader {
        final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        final Semaphore leave = new Semaphore(0);

        Integer read(int i) {
            begun.add(i);
            leave.acquireUninterruptibly();
            return i;
        }

        int nextBegun() throws InterruptedException {
            Integer item = begun.poll(30, TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("the reader has stopped");
            }
            return item;
        }
    }

    @Test
    void whileOneItemIsUsedTheReaderIsTwoAheadAndNoMore() throws InterruptedException {
        SlowReader slow = new SlowReader();
        try (ReadAhead<Integer> reader = reader(slow::read)) {
            assertEquals(0, slow.nextBegun());
            slow.leave.release();
            for (int used = 0; used < ITEMS; used++) {
                // The consumer works on this one; the two behind it are begun meanwhile, one after the other.
                assertEquals(used, reader.next());
                if (used == 0) {
                    assertEquals(1, slow.nextBegun());
                    slow.leave.release();
                }
                if (used + 2 < ITEMS) {
                    assertEquals(used + 2, slow.nextBegun());
                    slow.leave.release();
                    assertTrue(slow.begun.poll(20, TimeUnit.MILLISECONDS) == null, "a third would be too many");
                }
            }
            assertFalse(reader.hasNext());
            assertThrows(NoSuchElementException.class, reader::next);
        }
    }

    @Test
    void itemsComeInTheirOrderFromAnotherThread() {
        List<Thread> threads = new ArrayList<>();
        try (ReadAhead<Integer> reader = reader(i -> {
            threads.add(Thread.currentThread());
            return i;
        })) {
            for (int i = 0; i < ITEMS; i++) {
                assertEquals(i, reader.next());
            }
        }
        assertEquals(1, threads.stream().distinct().count());
        assertNotSame(Thread.currentThread(), threads.get(0));
        assertFalse(threads.get(0).isAlive());
    }

    @Test
    void withNothingAheadItemsAreMadeWhenAskedForOnTheSameThread() {
        AtomicInteger made = new AtomicInteger();
        Iterator<Integer> source = items(i -> {
            made.incrementAndGet();
            assertEquals("main of this test", Thread.currentThread().getName());
            return i;
        });
        String name = Thread.currentThread().getName();
        Thread.currentThread().setName("main of this test");
        try (ReadAhead<Integer> reader = new ReadAhead<>(source, discarded::add, ReadAhead.NONE)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(i, made.get());
                assertEquals(i, reader.next());
            }
        } finally {
            Thread.currentThread().setName(name);
        }
    }

    @Test
    void aFailureComesInItsTurnAsTheSameException() {
        UnusableInputException failure = new UnusableInputException("image 4 is damaged");
        try (ReadAhead<Integer> reader = reader(i -> {
            if (i == 4) {
                throw failure;
            }
            return i;
        })) {
            for (int i = 0; i < 4; i++) {
                assertEquals(i, reader.next());
            }
            assertSame(failure, assertThrows(UnusableInputException.class, reader::next));
            assertSame(failure, assertThrows(UnusableInputException.class, reader::next), "and again");
        }
    }

    @Test
    void exhaustedMemoryOfTheReaderIsThatOfTheConsumer() {
        OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
        try (ReadAhead<Integer> reader = reader(i -> {
            throw failure;
        })) {
            assertSame(failure, assertThrows(OutOfMemoryError.class, reader::next));
        }
    }

    @Test
    void closingInTheMiddleEndsTheThreadAndFreesWhatWasNotTaken() throws InterruptedException {
        SlowReader slow = new SlowReader();
        AtomicReference<Thread> thread = new AtomicReference<>();
        ReadAhead<Integer> reader = reader(i -> {
            thread.set(Thread.currentThread());
            return slow.read(i);
        });
        slow.leave.release(3);
        assertEquals(0, reader.next());
        for (int i = 0; i < 3; i++) {
            assertEquals(i, slow.nextBegun());
        }
        reader.close();
        assertFalse(thread.get().isAlive());
        assertEquals(List.of(1, 2), discarded);
        assertTrue(slow.begun.isEmpty(), "nothing more is begun");
    }

    @Test
    void anInterruptionOfTheConsumerWaitsForTheItemAndIsNotLost() {
        try (ReadAhead<Integer> reader = reader(i -> i)) {
            Thread.currentThread().interrupt();
            assertEquals(0, reader.next());
            assertTrue(Thread.interrupted());
        }
    }
}
