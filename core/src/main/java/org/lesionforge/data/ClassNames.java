package org.lesionforge.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.io.UnusableInputException;

/**
 * Valid names of classes. They come from outside (folders, tables, files of runs) and become names of folders, so each
 * is checked where it is read.
 */
public final class ClassNames {
    /** Bytes in UTF-8: usual file systems allow 255, and a suffix may be appended to a name. */
    private static final int LONGEST = 200;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)[ ]*(\\..*)?");
    /** Invisible characters, and those that look like an ordinary space. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\p{Cs}&&[^ ]]");

    private static final Pattern INVISIBLE_OR_MARK = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\p{Cs}\\p{M}&&[^ ]]");

    private ClassNames() {}

    /**
     * {@return why a class cannot be called so; empty when it can}
     *
     * @param name that a class should have
     */
    public static Optional<String> problem(String name) {
        if (name == null || name.isBlank()) {
            return Optional.of("it is empty");
        }
        if (CONTROL.matcher(name).find()) {
            return Optional.of("it holds a control character");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("it holds '" + (name.indexOf('/') >= 0 ? '/' : '\\') + "'");
        }
        if (name.startsWith(".")) {
            return Optional.of("it begins with a dot");
        }
        if (name.endsWith(".") || !name.strip().equals(name)) {
            return Optional.of("it begins or ends with a blank, or ends with a dot");
        }
        if (RESERVED.matcher(name).matches()) {
            return Optional.of("Windows reserves it for a device");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > LONGEST
                ? Optional.of("it has " + bytes + " bytes, at most " + LONGEST + " are possible")
                : Optional.empty();
    }

    /**
     * Checks the names in a file of a data set or a run.
     *
     * @param names of all classes
     * @param file where they stand, for the message
     * @throws UnusableInputException when one of them cannot be the name of a folder
     */
    public static void require(Collection<String> names, Path file) {
        if (names == null || names.isEmpty()) {
            throw new UnusableInputException(file + " names no class; it is damaged or was edited: make it anew");
        }
        for (String name : names) {
            problem(name).ifPresent(why -> {
                throw new UnusableInputException(file + " names a class '" + shown(String.valueOf(name))
                        + "', which cannot be the name of a folder: " + why
                        + "; make it anew from a data set whose classes have other names (prepare --classes NEW=OLD)");
            });
        }
    }

    /**
     * {@return the name itself where it can be one of a class, else one like it that can}
     *
     * @param name any text
     */
    public static String usable(String name) {
        if (problem(name).isEmpty()) {
            return name;
        }
        String plain = CONTROL.matcher(name)
                .replaceAll("_")
                .replaceAll("[/\\\\<>:\"|?*]+", "_")
                .replaceAll("^[\\s._]+|[\\s._]+$", "");
        while (plain.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            plain = plain.substring(0, plain.offsetByCodePoints(plain.length(), -1));
        }
        plain = plain.strip();
        return plain.isEmpty() ? "class" : RESERVED.matcher(plain).matches() ? "class " + plain : plain;
    }

    /**
     * {@return the same for names that a reader would take for one: those that differ in case, blanks or their Unicode
     * form only}
     *
     * @param name of a class
     */
    public static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .replaceAll("\\p{Cf}", "")
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the name for messages: what cannot be seen, and accents apart from their letters, are written as their
     * numbers}
     *
     * @param name any text
     */
    public static String shown(String name) {
        Pattern numbered = Normalizer.isNormalized(name, Normalizer.Form.NFC) ? INVISIBLE : INVISIBLE_OR_MARK;
        return numbered.matcher(name)
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "\\u%04X", match.group().codePointAt(0))));
    }
}
