package org.lesionforge.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Reads what is new in a log that grows. Whole lines alone: the last one may be half written. A log that was cut back,
 * or replaced, begins again.
 */
final class LogTail {
    /** Most bytes read at once; a longer line is read at once all the same. */
    private static final int CHUNK = 1 << 16;

    /** Longer lines are no log's. */
    private static final int LONGEST_LINE = 1 << 24;

    private final Path file;
    private LogPosition position;

    /** @param position where to go on; it need not be one of this file */
    LogTail(Path file, LogPosition position) {
        this.file = file;
        this.position = position;
    }

    /**
     * What is new.
     *
     * @param again whether what was read before is void: these are the log's first lines
     * @param lines whole ones, in order; there may be more
     */
    record News(boolean again, List<String> lines) {
        boolean isEmpty() {
            return !again && lines.isEmpty();
        }
    }

    LogPosition position() {
        return position;
    }

    /** A log that is missing, or not to be read, is an empty one: others are in the same stream. */
    News read() throws IOException {
        try (FileChannel channel = open(file)) {
            boolean again = !isAt(channel, position);
            if (again) {
                position = LogPosition.START;
            }
            return new News(again, lines(channel));
        } catch (NoSuchFileException | AccessDeniedException e) {
            boolean again = position.offset() > 0;
            position = LogPosition.START;
            return new News(again, List.of());
        }
    }

    /** @throws NoSuchFileException also when it is a folder, or anything else but a file */
    static FileChannel open(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            throw new NoSuchFileException(log.toString());
        }
        return FileChannel.open(log, StandardOpenOption.READ);
    }

    private static boolean isAt(FileChannel channel, LogPosition position) throws IOException {
        return position.offset() <= channel.size() && position.crc() == crc(channel, position.offset());
    }

    private static int crc(FileChannel channel, long offset) throws IOException {
        int length = (int) Math.min(LogPosition.BEFORE, offset);
        CRC32 crc = new CRC32();
        crc.update(bytes(channel, offset - length, length));
        return (int) crc.getValue();
    }

    /** Fewer where the file ends before. */
    private static byte[] bytes(FileChannel channel, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
            // Until all is read.
        }
        return Arrays.copyOf(bytes, buffer.position());
    }

    private List<String> lines(FileChannel channel) throws IOException {
        for (int size = CHUNK; size <= LONGEST_LINE; size *= 4) {
            long left = channel.size() - position.offset();
            byte[] bytes = bytes(channel, position.offset(), (int) Math.min(size, left));
            Optional<Integer> end = lastLineBreak(bytes);
            if (end.isPresent()) {
                long offset = position.offset() + end.get();
                position = new LogPosition(offset, crc(channel, offset));
                String text = new String(bytes, 0, end.get(), StandardCharsets.UTF_8);
                return text.lines().filter(line -> !line.isBlank()).toList();
            }
            if (left <= size) {
                return List.of();
            }
        }
        throw new IOException(file + " has a line of more than " + LONGEST_LINE + " bytes");
    }

    /** The place behind it. */
    private static Optional<Integer> lastLineBreak(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The last whole line of a log; empty where there is none. */
    static Optional<String> lastLine(Path file) {
        try (FileChannel channel = open(file)) {
            int length = (int) Math.min(CHUNK, channel.size());
            byte[] bytes = bytes(channel, channel.size() - length, length);
            return lastLineBreak(bytes).flatMap(end -> {
                String text = new String(bytes, 0, end - 1, StandardCharsets.UTF_8);
                return Optional.of(text.substring(text.lastIndexOf('\n') + 1)).filter(line -> !line.isBlank());
            });
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
