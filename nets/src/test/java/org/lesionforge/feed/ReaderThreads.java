package org.lesionforge.feed;

/** Which threads read ahead at the moment. */
public final class ReaderThreads {
    private ReaderThreads() {}

    /** How many there are. */
    public static long count() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("lesionforge-reader"))
                .count();
    }
}
