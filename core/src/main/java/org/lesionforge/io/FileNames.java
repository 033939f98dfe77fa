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
 * Names of files as text, the same on every machine: what ids and labels are made of.
 *
 * <p>To a Unix a name is bytes. Those that are UTF-8 are that text. Of others, each byte that is not UTF-8 is written {@code %FF}; so are line
 * breaks, since files of ids have one a line. So that no two names get one text, {@code %} becomes {@code %25} in such names, and in those
 * that could be taken for the text of one, because they would be such a name if their {@code %FF} were bytes.
 *
 * <p>Java reads names in the character set of the locale. In another one than UTF-8 it cannot tell names outside ASCII apart, nor open
 * what a table names; where one is met, the user is told.
 */
public final class FileNames {
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    private static final Charset CHARSET = Charset.forName(Optional.ofNullable(System.getProperty("sun.jnu.encoding"))
            .filter(Charset::isSupported)
            .orElse("UTF-8"));
    private static final Pattern ESCAPED = Pattern.compile("%[0-9A-F]{2}");
    /** What makes a second look at a name necessary. */
    private static final Pattern SPECIAL = Pattern.compile("[%\n\r]");

    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /** The last name of a path. */
    public static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : text(name);
    }

    /**
     * A path, with {@code /} between its names on every system.
     *
     * @throws MissingRequirementException when it cannot be known in this locale
     */
    public static String text(Path path) {
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
     * The same for all ways to write the same letters: {@code ä} as one character or as two (Unicode normal form C).
     *
     * @param name of a file, or what a table says that it is
     */
    public static String normalForm(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /**
     * Checks that a name from a table or the command line means the same file in every locale.
     *
     * @throws MissingRequirementException naming the locale and the remedy, when it does not
     */
    public static void requireKnown(String name) {
        if (!isUnicode() && !isAscii(name)) {
            throw unknown("'" + name + "'");
        }
    }

    /** Whether names outside ASCII are what they seem. */
    private static boolean isUnicode() {
        // Windows keeps names as Unicode, whatever the locale; Java calls its functions for that.
        return WINDOWS || CHARSET.equals(StandardCharsets.UTF_8);
    }

    private static boolean isExact(String shown) {
        return isUnicode() ? WINDOWS || shown.indexOf(REPLACEMENT) < 0 : isAscii(shown);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static byte[] bytes(Path name) {
        // Java tells the bytes of a name nowhere but here.
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

    /** The locale that decides on characters, after POSIX. */
    private static String locale() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(variable -> System.getenv().getOrDefault(variable, ""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("POSIX");
    }

    /** Without loss: {@link #unescaped} gives the name back where it was changed. */
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

    /** Whether a name could have come out of {@link #escaped} in place of another. */
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
        // Bytes as characters, so that nothing else changes.
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
