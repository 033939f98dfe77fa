package org.lesionforge.torch.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.ZipArchive;

/** The archive that {@code torch.save} writes: {@code NAME/data.pkl}, and each storage's numbers in {@code NAME/data/KEY}. */
final class ZipPth {
    static final byte[] START = {'P', 'K', 3, 4};

    private static final String PICKLE = "/data.pkl";

    /** torch.save packs nothing; where somebody did it later, weights became a tenth smaller. */
    private static final long MOST_UNPACKED = 10;

    private static final long ALWAYS_UNPACKED = 16 << 20;

    private ZipPth() {}

    static PthFile.Content read(Path file) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            String root = root(zip);
            requireNoBomb(zip, Files.size(file));
            for (String name : zip.names()) {
                zip.check(name);
            }
            requireLittleEndian(zip, root);
            StatePickle.Content pickle;
            try (InputStream in = new BufferedInputStream(zip.openChecked(root + PICKLE))) {
                pickle = StatePickle.read(new PickleInput(in));
            }
            for (StorageRef storage : pickle.storages().values()) {
                requireWhole(zip, entry(root, storage), storage);
            }
            return new PthFile.Content(pickle.value(), storage -> open(file, entry(root, storage)));
        }
    }

    private static String root(ZipArchive zip) {
        String root = zip.names().stream()
                .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() && name.endsWith(PICKLE))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .findFirst()
                .orElseThrow(() -> new UnusableInputException(
                        "it is a zip archive, but not one of torch.save: no NAME" + PICKLE + " is in it"));
        if (zip.names().stream().anyMatch(name -> name.startsWith(root + "/code/"))) {
            throw new UnusableInputException("it is a TorchScript program, not a state dict; save its weights alone, in"
                    + " PyTorch: torch.save(torch.jit.load(\"" + Printable.excerpt(root)
                    + ".pth\").state_dict(), \"weights.pth\")");
        }
        return root;
    }

    /** Before anything is unpacked. */
    private static void requireNoBomb(ZipArchive zip, long packed) {
        long unpacked = zip.unpackedBytes();
        if (unpacked > ALWAYS_UNPACKED && unpacked / MOST_UNPACKED > packed) {
            throw new UnusableInputException("its " + packed + " bytes would unpack to " + unpacked + ", more than the "
                    + MOST_UNPACKED + " times that weights can be packed; torch.save packs nothing");
        }
    }

    private static String entry(String root, StorageRef storage) {
        return root + "/data/" + storage.key();
    }

    private static void requireLittleEndian(ZipArchive zip, String root) throws IOException {
        String entry = root + "/byteorder";
        if (!zip.has(entry)) {
            return; // older than the entry, when all were little-endian
        }
        try (InputStream in = zip.openChecked(entry)) {
            String written = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
            if (!written.equals("little")) {
                throw new UnusableInputException(
                        "its byte order is '" + Printable.excerpt(written) + "', expected 'little'");
            }
        }
    }

    private static void requireWhole(ZipArchive zip, String entry, StorageRef storage) {
        if (!zip.has(entry) || zip.size(entry) != storage.bytes()) {
            throw new UnusableInputException("storage '" + storage.key() + "' should have " + storage.bytes()
                    + " bytes, the archive has " + (zip.has(entry) ? zip.size(entry) : "none"));
        }
    }

    /** Closing the stream closes the archive, so that nothing stays open between two tensors. */
    private static InputStream open(Path file, String entry) throws IOException {
        ZipArchive zip = ZipArchive.open(file);
        try {
            if (!zip.has(entry)) {
                throw new IOException("the archive has lost " + entry);
            }
            return new FilterInputStream(zip.openChecked(entry)) {
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
