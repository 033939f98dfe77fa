package org.lesionforge.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * File names as text that is the same on every machine; ids and labels are made from it.
 *
 * <p>On Unix a name is bytes. Names in UTF-8 are kept as they are. In others, each byte that is not UTF-8 is written
 * {@code %FF}; so are line breaks, since files of ids have one id per line. So that no two names get the same text,
 * {@code %} becomes {@code %25} in such names and in names that could be mistaken for their escaped text.
 *
 * <p>Java reads names in the character set of the locale. In any other than UTF-8, names outside ASCII can be neither
 * told apart nor opened; the first such name is an error that says so.
 */
public final class FileNames {
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    private static final Charset CHARSET = Charset.forName(Optional.ofNullable(System.getProperty("sun.jnu.encoding"))
            .filter(Charset::isSupported)
            .orElse("UTF-8"));
    private static final Pattern ESCAPED = Pattern.compile("%[0-9A-F]{2}");
    /** Characters that may need escaping. */
    private static final Pattern SPECIAL = Pattern.compile("[%\n\r]");

    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /**
     * {@return the last name of a path, as text}
     *
     * @param path any; the root's is its own
     */
    public static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : text(name);
    }

    /**
     * A path, with {@code /} between its names on every system.
     *
     * @throws MissingRequirementException when the name cannot be read in this locale
     */
    static String text(Path path) {
        String text = path.toString();
        if (isExact(text) && !SPECIAL.matcher(text).find()) {
            return text.replace(path.getFileSystem().getSeparator(), "/");
        }
        List<String> names = new ArrayList<>();
        for (Path name : path) {
            String shown = name.toString();
            names.add(escaped(isExact(shown) ? shown.getBytes(StandardCharsets.UTF_8) : bytes(name)));
        }
        String root = path.getRoot() == null ? "" : path.getRoot().toString().replace('\\', '/');
        return root + String.join("/", names);
    }

    /**
     * {@return the same text for all encodings of the same letters: {@code ä} as one character or as two (Unicode
     * normal form C)}
     *
     * @param name of a file, as the file system or a table gives it
     */
    public static String normalForm(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /**
     * Checks that a name from a table or the command line means the same file in every locale.
     *
     * @param name from a table or the command line
     * @throws MissingRequirementException naming the locale and the remedy, when it does not
     */
    public static void requireKnown(String name) {
        if (!isUnicode() && !isAscii(name)) {
            throw unknown("'" + name + "'");
        }
    }

    /** Whether names outside ASCII are read correctly. */
    private static boolean isUnicode() {
        // Windows stores names as Unicode in any locale, and Java uses its Unicode functions.
        return WINDOWS || CHARSET.equals(StandardCharsets.UTF_8);
    }

    private static boolean isExact(String shown) {
        return isUnicode() ? WINDOWS || shown.indexOf(REPLACEMENT) < 0 : isAscii(shown);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static byte[] bytes(Path name) {
        // The only place where Java gives the bytes of a name.
        String address = name.toUri().getRawPath();
        String last = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        String bytes = last.substring(last.lastIndexOf('/') + 1);
        if (!isUnicode()) {
            throw unknown("the file name " + bytes);
        }
        return unescaped(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    private static MissingRequirementException unknown(String what) {
        return new MissingRequirementException(
                what + " cannot be read in the locale "
                        + locale() + ", whose character set is " + CHARSET
                        + "; set LC_ALL=C.UTF-8 in the environment and start again (the launcher ./lesionforge does so by itself)");
    }

    /** The locale that decides the character set, by the rules of POSIX. */
    private static String locale() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(variable -> System.getenv().getOrDefault(variable, ""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("POSIX");
    }

    /** Lossless: {@link #unescaped} restores the name. */
    static String escaped(byte[] name) {
        if (isText(name) && !looksEscaped(name)) {
            return new String(name, StandardCharsets.UTF_8);
        }
        StringBuilder escaped = new StringBuilder();
        int at = 0;
        while (at < name.length) {
            int length = characterLength(name, at);
            if (length == 0) {
                escaped.append(String.format(Locale.ROOT, "%%%02X", name[at] & 0xFF));
                at++;
            } else {
                String character = new String(name, at, length, StandardCharsets.UTF_8);
                escaped.append(character.equals("%") ? "%25" : character);
                at += length;
            }
        }
        return escaped.toString();
    }

    /** Whether a name equals the escaped form of another name. */
    private static boolean looksEscaped(byte[] name) {
        byte[] outer = name;
        byte[] inner = unescaped(outer);
        while (inner.length < outer.length) {
            if (!isText(inner)) {
                return true;
            }
            outer = inner;
            inner = unescaped(outer);
        }
        return false;
    }

    private static byte[] unescaped(byte[] name) {
        // One character per byte, so that nothing else changes.
        String text = new String(name, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length);
        for (int at = 0; at < text.length(); at++) {
            if (ESCAPED.matcher(text).region(at, text.length()).lookingAt()) {
                bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.write(text.charAt(at));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isText(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.chars().noneMatch(c -> c == '\n' || c == '\r');
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** @return bytes of the character that begins there; 0 when none does */
    private static int characterLength(byte[] bytes, int at) {
        for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
            if (isText(Arrays.copyOfRange(bytes, at, at + length))) {
                return length;
            }
        }
        return 0;
    }
}
