package org.lesionforge.bench.fuzz.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damage to lines of text by editors, spreadsheets and scripts. */
public final class TextMutations {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern CELL = Pattern.compile("[^,\n]+");
    private static final List<String> CELLS =
            List.of("", " ", "NA", "nan", "null", "None", "?", "\"", "\"\"", "a\"b", "a,b", "=1+1", "x".repeat(5000));
    /** NUL, bell, escape, line ends of other systems, a byte order mark, a character of no width, a lone half of a pair. */
    private static final List<byte[]> CHARACTERS = List.of(
            new byte[] {0},
            new byte[] {7},
            new byte[] {27},
            utf8("\r"),
            utf8("\u2028"),
            utf8("\uFEFF"),
            utf8("\u200B"),
            utf8("\u00A0"),
            utf8("\t"),
            utf8("\""),
            utf8(","),
            utf8(";"),
            utf8("\n"),
            utf8("\u00E9"),
            new byte[] {(byte) 0xE9},
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});

    public static final List<Mutation> ALL = List.of(
            new Mutation("line twice", TextMutations::duplicate),
            new Mutation("line removed", TextMutations::remove),
            new Mutation("lines exchanged", TextMutations::exchange),
            new Mutation("lines joined", TextMutations::join),
            new Mutation("number replaced", TextMutations::number),
            new Mutation("number replaced", TextMutations::number),
            new Mutation("cell replaced", TextMutations::cell),
            new Mutation("cell replaced", TextMutations::cell),
            new Mutation("character inserted", TextMutations::character),
            new Mutation("character inserted", TextMutations::character),
            new Mutation(
                    "line ends of Windows",
                    (file, random) -> latin1(file).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)),
            new Mutation("as UTF-16", (file, random) -> new String(file, StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_16)),
            new Mutation("blank line", TextMutations::blank));

    private TextMutations() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A character for each byte, so that what is not UTF-8 stays as it is. */
    private static String latin1(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines(byte[] file) {
        return new ArrayList<>(List.of(latin1(file).split("(?<=\n)", -1)));
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] duplicate(byte[] file, SplittableRandom random) {
        List<String> lines = lines(file);
        lines.add(random.nextInt(lines.size() + 1), lines.get(random.nextInt(lines.size())));
        return bytes(lines);
    }

    private static byte[] remove(byte[] file, SplittableRandom random) {
        List<String> lines = lines(file);
        lines.remove(random.nextInt(lines.size()));
        return bytes(lines);
    }

    private static byte[] exchange(byte[] file, SplittableRandom random) {
        List<String> lines = lines(file);
        int first = random.nextInt(lines.size());
        lines.set(first, lines.set(random.nextInt(lines.size()), lines.get(first)));
        return bytes(lines);
    }

    private static byte[] join(byte[] file, SplittableRandom random) {
        List<String> lines = lines(file);
        int at = random.nextInt(lines.size());
        lines.set(at, lines.get(at).replace("\n", ""));
        return bytes(lines);
    }

    private static byte[] blank(byte[] file, SplittableRandom random) {
        List<String> lines = lines(file);
        lines.add(random.nextInt(lines.size() + 1), "\n");
        return bytes(lines);
    }

    private static byte[] number(byte[] file, SplittableRandom random) {
        return replaced(file, NUMBER, HostileNumbers.text(random), random);
    }

    private static byte[] cell(byte[] file, SplittableRandom random) {
        List<MatchResult> cells = CELL.matcher(latin1(file)).results().toList();
        // Half of the time the content of another cell, such as the label of another image.
        String other = cells.isEmpty() || random.nextBoolean()
                ? CELLS.get(random.nextInt(CELLS.size()))
                : cells.get(random.nextInt(cells.size())).group();
        return replaced(file, CELL, other, random);
    }

    private static byte[] replaced(byte[] file, Pattern pattern, String replacement, SplittableRandom random) {
        String text = latin1(file);
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            return file;
        }
        MatchResult chosen = found.get(random.nextInt(found.size()));
        return (text.substring(0, chosen.start()) + replacement + text.substring(chosen.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] character(byte[] file, SplittableRandom random) {
        int at = random.nextInt(file.length + 1);
        byte[] character = CHARACTERS.get(random.nextInt(CHARACTERS.size()));
        return ByteMutations.joined(Arrays.copyOf(file, at), character, Arrays.copyOfRange(file, at, file.length));
    }
}
