package org.lesionforge.io;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive that is checked against its own directory: no two entries have the same name, and each entry that is
 * read to its end has the length and the CRC-32 given there. Java's own {@link ZipFile} checks neither.
 */
public final class ZipArchive implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private ZipArchive(ZipFile zip, Map<String, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Reads the directory; entries are read when they are asked for.
     *
     * @param file held open until the archive is closed
     * @return the archive
     * @throws IOException when the file cannot be read, is not a zip archive, or has two entries of one name
     */
    public static ZipArchive open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            Map<String, ZipEntry> entries = new LinkedHashMap<>();
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entries.putIfAbsent(entry.getName(), entry) != null) {
                    throw new ZipException("its entry " + Printable.excerpt(entry.getName()) + " is there twice");
                }
            }
            return new ZipArchive(zip, entries);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /** {@return the names of the entries, in the directory's order} */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * {@return whether there is an entry of this name}
     *
     * @param name with its folders, divided by {@code /}
     */
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * {@return the unpacked size of an entry in bytes, as the directory gives it}
     *
     * @param name one of {@link #names}
     */
    public long size(String name) {
        return entry(name).getSize();
    }

    /** {@return the unpacked size of all entries, in bytes; {@code Long.MAX_VALUE} where it is larger} */
    public long unpackedBytes() {
        long sum = 0;
        for (ZipEntry entry : entries.values()) {
            sum = entry.getSize() > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + entry.getSize();
        }
        return sum;
    }

    /**
     * An entry's bytes. Reading fails when there are more than the directory gives; at the end, when there are fewer or
     * their CRC-32 differs. Skipped bytes are read, too.
     */
    InputStream open(String name) throws IOException {
        return new Checked(entry(name), zip.getInputStream(entry(name)));
    }

    /**
     * {@return the bytes of an entry that {@link #check} has verified: they are not checked again, and skipping in an
     * uncompressed entry is free}
     *
     * @param name one of {@link #names}
     * @throws IOException when the file cannot be read
     */
    public InputStream openChecked(String name) throws IOException {
        return zip.getInputStream(entry(name));
    }

    /**
     * Reads an entry to its end.
     *
     * @param name one of {@link #names}
     * @throws IOException when its length or CRC-32 is not that of the directory, naming the entry
     */
    public void check(String name) throws IOException {
        try (InputStream in = open(name)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(zip.getName() + " has no entry '" + name + "'");
        }
        return entry;
    }

    private static final class Checked extends FilterInputStream {
        private final ZipEntry entry;
        private final CRC32 crc = new CRC32();
        private long count;

        Checked(ZipEntry entry, InputStream in) {
            super(in);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(target, offset, length);
            } catch (IOException e) {
                throw new ZipException(
                        "its entry " + Printable.excerpt(entry.getName()) + " is damaged: " + e.getMessage());
            }
            if (read < 0) {
                requireWhole();
                return read;
            }
            count += read;
            if (count > entry.getSize()) {
                throw new ZipException("its entry " + Printable.excerpt(entry.getName()) + " has more than the "
                        + entry.getSize() + " bytes that the archive promises");
            }
            crc.update(target, offset, read);
            return read;
        }

        private void requireWhole() throws ZipException {
            if (count != entry.getSize()) {
                throw new ZipException("its entry " + Printable.excerpt(entry.getName()) + " should have "
                        + entry.getSize() + " bytes, it has " + count);
            }
            if (crc.getValue() != entry.getCrc()) {
                throw new ZipException(String.format(
                        "its entry %s is damaged: its CRC-32 is %08x, the archive says %08x",
                        Printable.excerpt(entry.getName()), crc.getValue(), entry.getCrc()));
            }
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] passed = new byte[(int) Math.min(CHUNK, Math.max(0, count))];
            long done = 0;
            while (done < count) {
                int read = read(passed, 0, (int) Math.min(passed.length, count - done));
                if (read < 0) {
                    break;
                }
                done += read;
            }
            return done;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
