package org.lesionforge.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole lines from all over a long log: what a first chart can be drawn of while the log itself is on its way.
 *
 * @param end where the last of them ends, in bytes: who has read so far needs them no more
 * @param lines in their order; none of a short log, which is there as soon itself
 */
record LogSample(long end, List<String> lines) {
    /** More than a chart has columns of pixels. */
    static final int MOST = 1000;

    static final int LEAST_BYTES = 1 << 20;

    /** A line and what is left of the one before; longer lines are left out. */
    private static final int WINDOW = 1 << 12;

    static LogSample of(Path log) throws IOException {
        try (FileChannel channel = LogTail.open(log)) {
            long size = channel.size();
            long last = 0;
            List<String> lines = new ArrayList<>();
            for (int i = 0; size >= LEAST_BYTES && i < MOST; i++) {
                long from = size * i / MOST;
                ByteBuffer window = ByteBuffer.allocate(WINDOW);
                channel.read(window, from);
                // ISO 8859-1 has a character for each byte, and a line is whole.
                String text = new String(window.array(), 0, window.position(), StandardCharsets.ISO_8859_1);
                int start = i == 0 ? 0 : text.indexOf('\n') + 1;
                int end = text.indexOf('\n', start);
                if (end > start && (i == 0 || start > 0) && from + end > last) {
                    last = from + end;
                    String line = text.substring(start, end);
                    lines.add(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                }
            }
            return new LogSample(last, lines);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return new LogSample(0, List.of());
        }
    }
}
