package org.lesionforge.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * The libraries in a jar beside what is unpacked of them.
 *
 * @param libraries those that are unpacked when they are first needed
 */
record Unpacking(NativeJar jar, List<ZipEntry> libraries) {
    /** The fact of how many bytes are not unpacked yet. */
    static final String WAITING = "waiting_bytes";

    private static final int CHUNK = 1 << 16;

    /** @throws IOException when the jar cannot be read */
    static Unpacking of(NativeJar jar, Pattern unpacked) throws IOException {
        List<ZipEntry> libraries = new ArrayList<>();
        try (JarFile file = new JarFile(jar.file().toFile())) {
            file.stream()
                    .filter(entry -> entry.getName().startsWith("org/bytedeco/" + jar.module() + "/"))
                    .filter(entry -> unpacked.matcher(name(entry)).matches())
                    .forEach(libraries::add);
        } catch (IOException e) {
            throw new IOException(jar.file() + " cannot be read (" + e.getMessage() + "); build the program anew", e);
        }
        return new Unpacking(jar, libraries);
    }

    private static String name(ZipEntry entry) {
        return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    }

    /** @param others bytes of other libraries that are to be unpacked in the same place */
    Finding finding(String check, Host host, long others) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("platform", jar.platform());
        facts.put("bytes", bytes(libraries));
        Optional<Path> usable = NativesFolder.of(host);
        if (usable.isEmpty()) {
            return Finding.missing(
                    check,
                    "about " + Bytes.text(bytes(libraries)) + " are to be unpacked, and none of "
                            + NativesFolder.candidates(host) + " can be written",
                    "make one of them writable, or name another folder with"
                            + " LESIONFORGE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                    facts);
        }
        Path folder = usable.get();
        facts.put("folder", folder.toString());
        List<ZipEntry> waiting = new ArrayList<>();
        for (ZipEntry library : libraries) {
            Path file = NativesFolder.of(folder, jar, library.getName());
            if (!isTakenFor(file, library)) {
                waiting.add(library);
            } else if (!isWhole(file, library)) {
                return Finding.missing(
                        check,
                        file + " is damaged: its checksum is not that of the library in "
                                + jar.file().getFileName(),
                        "remove the folder " + folder.resolve(jar.file().getFileName())
                                + "; it is unpacked anew when it is needed",
                        facts);
            }
        }
        facts.put(WAITING, bytes(waiting));
        return waiting.isEmpty()
                ? Finding.ok(check, jar.platform() + ", unpacked in " + folder, facts)
                : waiting(check, folder, bytes(waiting), others, facts);
    }

    private static Finding waiting(String check, Path folder, long bytes, long others, Map<String, Object> facts)
            throws IOException {
        long free = Places.free(folder);
        String found = "about " + Bytes.text(bytes) + " not unpacked yet in " + folder;
        return free < bytes + others
                ? Finding.missing(
                        check,
                        found + (others > 0 ? ", beside " + Bytes.text(others) + " of others" : "") + "; "
                                + Bytes.text(free) + " are free there",
                        "free space, or name another folder with"
                                + " LESIONFORGE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                        facts)
                : Finding.note(
                        check,
                        found,
                        "nothing: it is unpacked once, here or by the first command that needs it",
                        facts);
    }

    /** By size and time, as JavaCPP decides whether it need not unpack a file again. */
    private static boolean isTakenFor(Path file, ZipEntry library) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == library.getSize()
                && Files.getLastModifiedTime(file).toMillis() == library.getTime();
    }

    private static boolean isWhole(Path file, ZipEntry library) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                checksum.update(chunk, 0, read);
            }
        }
        return checksum.getValue() == library.getCrc();
    }

    private static long bytes(List<ZipEntry> libraries) {
        return libraries.stream().mapToLong(ZipEntry::getSize).sum();
    }
}
