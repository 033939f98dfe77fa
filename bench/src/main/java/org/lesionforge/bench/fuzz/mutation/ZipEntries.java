package org.lesionforge.bench.fuzz.mutation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages a zip archive's entries with correct checksums. */
public final class ZipEntries {
    private ZipEntries() {}

    /** @param inside the mutation of an entry */
    public static List<Mutation> mutations(List<Mutation> inside) {
        Mutation.Change damage = (file, random) -> edited(file, random, (entries, name) -> {
            Mutation mutation = inside.get(random.nextInt(inside.size()));
            entries.put(name, mutation.change().apply(Objects.requireNonNull(entries.get(name)), random));
        });
        return List.of(
                new Mutation("entry damaged, check sum right", damage),
                new Mutation("entry damaged, check sum right", damage),
                new Mutation("entry damaged, check sum right", damage),
                new Mutation("entry removed", (file, random) -> edited(file, random, Map::remove)),
                new Mutation(
                        "entry renamed",
                        (file, random) -> edited(file, random, (entries, name) -> {
                            byte[] content = entries.remove(name);
                            entries.put(random.nextBoolean() ? name + "x" : "../" + name, content);
                        })));
    }

    @FunctionalInterface
    private interface Edit {
        void apply(Map<String, byte[]> entries, String name);
    }

    private static byte[] edited(byte[] file, SplittableRandom random, Edit edit) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException e) {
            return file; // another mutation has been here
        }
        if (entries.isEmpty()) {
            return file;
        }
        edit.apply(entries, List.copyOf(entries.keySet()).get(random.nextInt(entries.size())));
        return write(entries, random.nextBoolean());
    }

    /** @param packed or stored as they are, as {@code torch.save} does */
    public static byte[] write(Map<String, byte[]> entries, boolean packed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> named : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                if (!packed) {
                    CRC32 crc = new CRC32();
                    crc.update(named.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(named.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(named.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
