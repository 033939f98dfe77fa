package org.lesionforge.run.arm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The grammar of arms:
 *
 * <pre>
 * ARM      = SOURCE [ ":" N | "@" RATIO ] { "+" MODIFIER }
 * SOURCE   = "none" | "oversample" | "classical" | "processed" | "real" | FAMILY | "both:" FAMILY | "external:" NAME
 * MODIFIER = "class-weights" | "degraded" | "filtered" | "only" | "shuffled"        each at most once
 * </pre>
 *
 * <p>Version 0.1 also had {@code dcgan-only} for {@code dcgan+only}, and left {@code none+} away before a modifier; both are still read.
 */
final class ArmWord {
    private static final List<String> MODIFIERS =
            Stream.of(ArmModifier.values()).map(ArmModifier::word).toList();

    private static final String OLD_ONLY = "dcgan-only";
    private static final ArmSource OLD_FAMILY = ArmSource.family(ArmSource.OLD_FAMILY);
    private static final List<String> OLD_WITHOUT_SOURCE =
            List.of(ArmModifier.CLASS_WEIGHTS.word(), ArmModifier.DEGRADED.word());

    private static final Pattern SOURCE_AND_AMOUNT =
            Pattern.compile("(?<source>(?:external|both):[^:@]*|[^:@]*)(:(?<count>[^:@]*)|@(?<ratio>[^:@]*))?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern RATIO = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private ArmWord() {}

    /**
     * @param families names of those there are; none for any
     * @param conditional names of those of them that can tell classes apart
     * @throws IllegalArgumentException giving the word, what is wrong with it, and the grammar
     */
    static Arm parse(String word, Collection<String> families, Collection<String> conditional) {
        List<String> sources = ArmSource.words(families);
        try {
            List<String> parts = new ArrayList<>(List.of(word.split("\\+", -1)));
            if (OLD_WITHOUT_SOURCE.contains(parts.get(0))) {
                parts.add(0, ArmSource.NONE.word());
            }
            Arm arm = arm(parts.remove(0), parts, families);
            requireClasses(arm, families, conditional);
            return arm;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + word + "' is not an arm: " + e.getMessage() + ". An arm is SOURCE[:N|@RATIO][+MODIFIER]...:"
                            + " SOURCE one of " + String.join(", ", sources)
                            + "; N a number of images, RATIO images for each real one of the class (with both: and processed of each"
                            + " class); MODIFIER one of "
                            + String.join(", ", MODIFIERS) + ", each once",
                    e);
        }
    }

    private static void requireClasses(Arm arm, Collection<String> families, Collection<String> conditional) {
        if (arm.source().kind() == ArmSource.Kind.BOTH
                && !families.isEmpty()
                && !conditional.contains(arm.source().name())) {
            throw new IllegalArgumentException("the family " + arm.source().name()
                    + " has no classes, so that it cannot draw images of every one; those that can: "
                    + String.join(", ", conditional));
        }
    }

    private static Arm arm(String added, List<String> modifiers, Collection<String> families) {
        Matcher parts = SOURCE_AND_AMOUNT.matcher(added);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + added + "' is more than a source and one number");
        }
        String source = parts.group("source");
        if (source.equals(OLD_ONLY)) {
            source = OLD_FAMILY.word();
            modifiers.add(ArmModifier.ONLY.word());
        }
        Set<ArmModifier> known = EnumSet.noneOf(ArmModifier.class);
        for (String modifier : modifiers) {
            ArmModifier each = ArmModifier.of(modifier)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no modifier '" + modifier + "'" + suggestion(modifier, MODIFIERS)));
            if (!known.add(each)) {
                throw new IllegalArgumentException("a modifier comes twice in " + modifiers);
            }
        }
        return new Arm(source(source, families), amount(parts.group("count"), parts.group("ratio")), known);
    }

    private static ArmSource source(String word, Collection<String> families) {
        ArmSource source = ArmSource.of(word).orElseThrow(() -> unknown(word, families));
        if (source.generator().isPresent() && !families.isEmpty() && !families.contains(source.name())) {
            throw unknown(word, families);
        }
        return source;
    }

    private static IllegalArgumentException unknown(String word, Collection<String> families) {
        return new IllegalArgumentException(
                "there is no source '" + word + "'" + suggestion(word, ArmSource.words(families)));
    }

    private static Amount amount(String count, String ratio) {
        if (count != null) {
            return new Amount.Count(Integer.parseInt(matching(COUNT, count, "a number of images, such as 500")));
        }
        return ratio == null
                ? Amount.BALANCE
                : new Amount.Ratio(new BigDecimal(matching(RATIO, ratio, "a ratio, such as 0.5")));
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + what);
        }
        return text;
    }

    /** A known word that holds what was given, or is held in it, as a question; empty where there is none. */
    private static String suggestion(String given, List<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(word -> lower.length() > 2 && (word.contains(lower) || lower.contains(word)))
                .findFirst()
                .map(word -> " (did you mean " + word + "?)")
                .orElse("");
    }

    static String of(Arm arm) {
        return word(arm.source().word() + arm.amount().word(), arm.modifiers());
    }

    static Optional<String> old(Arm arm) {
        if (arm.source().equals(ArmSource.NONE) && arm.classWeights()) {
            return Optional.of(of(arm).substring((ArmSource.NONE.word() + "+").length()));
        }
        if (arm.only() && arm.source().equals(OLD_FAMILY)) {
            Set<ArmModifier> others = EnumSet.copyOf(arm.modifiers());
            others.remove(ArmModifier.ONLY);
            return Optional.of(word(OLD_ONLY + arm.amount().word(), others));
        }
        return Optional.empty();
    }

    private static String word(String source, Set<ArmModifier> modifiers) {
        return source
                + modifiers.stream().map(modifier -> "+" + modifier.word()).collect(Collectors.joining());
    }
}
