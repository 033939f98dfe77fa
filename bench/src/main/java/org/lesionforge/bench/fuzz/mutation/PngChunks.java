package org.lesionforge.bench.fuzz.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Damages a PNG's chunks with correct checksums. */
public final class PngChunks {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** @param type four letters */
    record Chunk(String type, byte[] data) {}

    public static final List<Mutation> ALL = List.of(
            new Mutation("chunk damaged, check sum right", PngChunks::damage),
            new Mutation("chunk damaged, check sum right", PngChunks::damage),
            new Mutation("chunk removed", (file, random) -> edited(file, random, (chunks, at) -> chunks.remove(at))),
            new Mutation(
                    "chunk twice",
                    (file, random) -> edited(file, random, (chunks, at) -> chunks.add(at, chunks.get(at)))),
            new Mutation(
                    "chunk moved",
                    (file, random) -> edited(
                            file,
                            random,
                            (chunks, at) -> chunks.add(random.nextInt(chunks.size()), chunks.remove(at)))),
            new Mutation("chunk renamed", PngChunks::rename),
            new Mutation("pixels packed anew", PngChunks::repack),
            new Mutation("header of another form", PngChunks::header));

    private PngChunks() {}

    @FunctionalInterface
    private interface Edit {
        void apply(List<Chunk> chunks, int at);
    }

    private static byte[] edited(byte[] file, SplittableRandom random, Edit edit) {
        List<Chunk> chunks = read(file);
        if (chunks.isEmpty()) {
            return file;
        }
        edit.apply(chunks, random.nextInt(chunks.size()));
        return write(chunks);
    }

    private static byte[] damage(byte[] file, SplittableRandom random) {
        return edited(file, random, (chunks, at) -> {
            Mutation mutation = ByteMutations.ALL.get(random.nextInt(ByteMutations.ALL.size()));
            Chunk chunk = chunks.get(at);
            chunks.set(at, new Chunk(chunk.type(), mutation.change().apply(chunk.data(), random)));
        });
    }

    private static byte[] rename(byte[] file, SplittableRandom random) {
        return edited(file, random, (chunks, at) -> {
            char[] type = chunks.get(at).type().toCharArray();
            type[random.nextInt(4)] ^= (char) 0x20;
            chunks.set(at, new Chunk(new String(type), chunks.get(at).data()));
        });
    }

    /** Other pixel bytes, correctly compressed: more, fewer, or with invalid filters. */
    private static byte[] repack(byte[] file, SplittableRandom random) {
        return edited(file, random, (chunks, at) -> {
            byte[] rows = new byte[random.nextInt(8000)];
            random.nextBytes(rows);
            Deflater deflater = new Deflater();
            deflater.setInput(rows);
            deflater.finish();
            byte[] packed = new byte[rows.length + 1000];
            byte[] data = Arrays.copyOf(packed, deflater.deflate(packed));
            deflater.end();
            chunks.removeIf(chunk -> chunk.type().equals("IDAT"));
            chunks.add(Math.max(0, chunks.size() - 1), new Chunk("IDAT", data));
        });
    }

    private static byte[] header(byte[] file, SplittableRandom random) {
        List<Chunk> chunks = read(file);
        if (chunks.isEmpty() || chunks.get(0).data().length != 13) {
            return file;
        }
        byte[] data = chunks.get(0).data().clone();
        switch (random.nextInt(3)) {
            case 0 -> ByteBuffer.wrap(data).putInt(4 * random.nextInt(2), (int) HostileNumbers.integer(random));
            case 1 -> data[8 + random.nextInt(5)] = (byte) random.nextInt(8);
            default -> data[3 + 4 * random.nextInt(2)] += (byte) (random.nextBoolean() ? 1 : -1);
        }
        chunks.set(0, new Chunk(chunks.get(0).type(), data));
        return write(chunks);
    }

    /** Empty where the file is too damaged to read. */
    private static List<Chunk> read(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = SIGNATURE.length;
        while (at + 12 <= file.length) {
            int length = buffer.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            chunks.add(new Chunk(type, Arrays.copyOfRange(file, at + 8, at + 8 + length)));
            at += 12 + length;
        }
        return chunks;
    }

    private static byte[] write(List<Chunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks) {
            byte[] type = chunk.type().getBytes(StandardCharsets.ISO_8859_1);
            CRC32 crc = new CRC32();
            crc.update(type);
            crc.update(chunk.data());
            out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
            out.writeBytes(type);
            out.writeBytes(chunk.data());
            out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        }
        return out.toByteArray();
    }
}
