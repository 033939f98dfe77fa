package org.lesionforge.torch.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * What {@code torch.save} wrote before PyTorch 1.6, and still does on request: pickles of a magic number, a version, the writer's system,
 * the state and the keys of the storages; then each storage, its length (eight bytes) before its numbers.
 */
final class LegacyPth {
    /** A pickle of 0x1950a86a20f9469cfc6c, short of its end. */
    static final byte[] START = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19
    };

    private static final long VERSION = 1001;

    private LegacyPth() {}

    /** @param in begins at the first byte of {@code file} */
    static PthFile.Content read(Path file, InputStream in) throws IOException {
        PickleInput pickles = new PickleInput(in);
        if (!(StatePickle.read(pickles).value() instanceof BigInteger)) {
            throw new UnusableInputException("its first pickle is not the format's magic number");
        }
        if (!(StatePickle.read(pickles).value() instanceof Long version) || version != VERSION) {
            throw new UnusableInputException("its format's version is not " + VERSION);
        }
        if (!(StatePickle.read(pickles).value() instanceof PickleDict system)
                || !system.get("little_endian").equals(Optional.of(true))) {
            throw new UnusableInputException("it does not say that its numbers are little-endian");
        }
        StatePickle.Content state = StatePickle.read(pickles);
        if (!(StatePickle.read(pickles).value() instanceof PickleList keys)) {
            throw new UnusableInputException("it does not list its storages");
        }
        Map<String, Long> starts = starts(keys, state.storages(), pickles.position(), file);
        return new PthFile.Content(
                state.value(), storage -> open(file, Objects.requireNonNull(starts.get(storage.key()))));
    }

    /** Where each storage's numbers begin in the file. */
    private static Map<String, Long> starts(PickleList keys, Map<String, StorageRef> storages, long from, Path file)
            throws IOException {
        Map<String, Long> starts = new HashMap<>();
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            long position = from;
            for (int i = 0; i < keys.size(); i++) {
                if (!(keys.get(i) instanceof String key)) {
                    throw new UnusableInputException("it lists something else than storages");
                }
                StorageRef storage = storages.get(key);
                if (storage == null) {
                    throw new UnusableInputException(
                            "it lists storage '" + Printable.excerpt(key) + "', which no tensor uses");
                }
                long elements = new PickleInput(in).int64();
                if (elements != storage.elements()) {
                    throw new UnusableInputException(
                            "storage '" + key + "' has " + elements + " numbers, expected " + storage.elements());
                }
                position += Long.BYTES;
                if (storage.bytes() > size - position) {
                    throw new EOFException("storage '" + key + "' needs " + storage.bytes() + " bytes, "
                            + (size - position) + " are left");
                }
                if (starts.put(key, position) != null) {
                    throw new UnusableInputException("it lists storage '" + key + "' twice");
                }
                in.skipNBytes(storage.bytes());
                position += storage.bytes();
            }
        }
        if (!starts.keySet().containsAll(storages.keySet())) {
            throw new UnusableInputException(
                    "it lists " + starts.keySet().size() + " storages, its tensors use " + storages.size());
        }
        return starts;
    }

    private static InputStream open(Path file, long position) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(position);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
