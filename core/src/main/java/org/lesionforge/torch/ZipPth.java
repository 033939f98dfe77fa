package org.lesionforge.torch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.lesionforge.io.UnusableInputException;

/** The archive that {@code torch.save} writes: {@code NAME/data.pkl}, and each storage's numbers in {@code NAME/data/KEY}. */
final class ZipPth {
    static final byte[] START = {'P', 'K', 3, 4};

    private static final String PICKLE = "/data.pkl";

    private ZipPth() {}

    static PthFile.Content read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String root = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() && name.endsWith(PICKLE))
                    .map(name -> name.substring(0, name.length() - PICKLE.length()))
                    .findFirst()
                    .orElseThrow(() -> new UnusableInputException(
                            "it is a zip archive, but not one of torch.save: no NAME" + PICKLE + " is in it"));
            requireLittleEndian(zip, root);
            StatePickle.Content pickle;
            try (InputStream in = zip.getInputStream(zip.getEntry(root + PICKLE))) {
                pickle = StatePickle.read(new PickleInput(in));
            }
            for (StorageRef storage : pickle.storages().values()) {
                requireWhole(zip.getEntry(entry(root, storage)), storage);
            }
            return new PthFile.Content(pickle.value(), storage -> open(file, entry(root, storage)));
        }
    }

    private static String entry(String root, StorageRef storage) {
        return root + "/data/" + storage.key();
    }

    private static void requireLittleEndian(ZipFile zip, String root) throws IOException {
        ZipEntry order = zip.getEntry(root + "/byteorder");
        if (order == null) {
            return; // older than the entry, when all were little-endian
        }
        try (InputStream in = zip.getInputStream(order)) {
            String written = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
            if (!written.equals("little")) {
                throw new UnusableInputException("its byte order is '" + written + "', expected 'little'");
            }
        }
    }

    private static void requireWhole(ZipEntry entry, StorageRef storage) {
        if (entry == null || entry.getSize() != storage.bytes()) {
            throw new UnusableInputException("storage '" + storage.key() + "' should have " + storage.bytes()
                    + " bytes, the archive has " + (entry == null ? "none" : entry.getSize()));
        }
    }

    /** Closing the stream closes the archive, so that nothing stays open between two tensors. */
    private static InputStream open(Path file, String entry) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                throw new IOException("the archive has lost " + entry);
            }
            return new FilterInputStream(zip.getInputStream(found)) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }
}
