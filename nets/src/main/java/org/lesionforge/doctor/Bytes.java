package org.lesionforge.doctor;

import java.util.Locale;

/** Sizes as people read them, in powers of 1000, as disks are sold. */
final class Bytes {
    private static final double MEGABYTE = 1e6;
    private static final double GIGABYTE = 1e9;

    private Bytes() {}

    /** {@code 0 MB}, {@code 0.2 MB}, {@code 445 MB}, {@code 12.3 GB} */
    static String text(long bytes) {
        if (bytes >= GIGABYTE) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
        }
        String format = bytes == 0 || bytes >= 10 * MEGABYTE ? "%.0f MB" : "%.1f MB";
        return String.format(Locale.ROOT, format, bytes / MEGABYTE);
    }
}
