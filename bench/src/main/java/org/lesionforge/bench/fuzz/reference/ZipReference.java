package org.lesionforge.bench.fuzz.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a zip archive with the JDK's own reader. */
public final class ZipReference {
    private static final int LONGEST = 1 << 24;

    private ZipReference() {}

    /** @throws DamagedException when it is not a zip archive, or an entry does not match its checksum */
    public static Map<String, byte[]> entries(Path file) throws DamagedException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> listed = zip.entries();
            while (listed.hasMoreElements()) {
                ZipEntry entry = listed.nextElement();
                byte[] content;
                try (InputStream in = zip.getInputStream(entry)) {
                    content = in.readNBytes(LONGEST);
                }
                CRC32 crc = new CRC32();
                crc.update(content);
                if (crc.getValue() != entry.getCrc() || content.length != entry.getSize()) {
                    throw new DamagedException("check sum or size of " + entry.getName());
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw new DamagedException("two entries " + entry.getName());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedException("zip: " + e.getMessage(), e);
        }
        return entries;
    }
}
