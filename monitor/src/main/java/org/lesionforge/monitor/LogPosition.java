package org.lesionforge.monitor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a log was read, and how to recognise that place: by what stands before it. A resumed training cuts its logs
 * back to its checkpoint, and may have written as much again since.
 *
 * @param offset bytes, all of whole lines
 * @param crc CRC-32 of the up to {@value #BEFORE} bytes before
 */
record LogPosition(long offset, int crc) {
    static final int BEFORE = 256;

    static final LogPosition START = new LogPosition(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-([0-9a-f]{8})");

    /** {@code 1234-00c0ffee}; the start for any other text. */
    static LogPosition parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? new LogPosition(Long.parseLong(matcher.group(1)), Integer.parseUnsignedInt(matcher.group(2), 16))
                : START;
    }

    @Override
    public String toString() {
        return offset + "-" + String.format("%08x", crc);
    }
}
