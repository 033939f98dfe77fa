package org.lesionforge.data.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lesionforge.data.ClassNames;
import org.lesionforge.io.UnusableInputException;

/**
 * Maps labels of a source to classes: {@code NAME} for the label of that name, {@code NAME=LABEL} for a label to be
 * added to the class NAME. A label with commas is written in double quotes.
 *
 * <p>Without a choice every label is a class. In both cases class names are valid folder names, and no two differ in
 * case, spaces or Unicode form only.
 */
public final class ClassChoice {
    /** Every label is a class. */
    static final ClassChoice ALL = new ClassChoice(List.of());

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.+=,/-]+");

    /** @param label empty for the label with the name of the class */
    private record Entry(String text, String name, Optional<String> label) {
        static Entry of(String text) {
            int equals = text.indexOf('=', text.startsWith("\"") ? Math.max(0, text.indexOf('"', 1)) : 0);
            return equals < 1 || equals == text.length() - 1
                    ? new Entry(text, unquoted(text), Optional.empty())
                    : new Entry(
                            text,
                            unquoted(text.substring(0, equals)),
                            Optional.of(unquoted(text.substring(equals + 1))));
        }

        private static String unquoted(String text) {
            return text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                    ? text.substring(1, text.length() - 1)
                    : text;
        }

        /** Reads the text as a label where the source has one with an equals sign. */
        Entry in(Set<String> labels) {
            return label.isPresent() && labels.contains(text) && !labels.contains(label.get())
                    ? new Entry(text, text, Optional.empty())
                    : this;
        }
    }

    private final List<Entry> entries;

    private ClassChoice(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * From the command line's words.
     *
     * @param texts each {@code NAME} or {@code NAME=LABEL}; none to make every label a class
     * @return the choice; whether the labels exist is known with the source
     * @throws IllegalArgumentException when one label is put into two classes
     */
    public static ClassChoice of(List<String> texts) {
        ClassChoice choice = new ClassChoice(texts.stream().map(Entry::of).toList());
        Map<String, String> classes = new HashMap<>();
        choice.entries.forEach(entry -> classes.put(entry.name(), entry.name()));
        for (Entry entry : choice.entries) {
            String label = entry.label().orElse(entry.name());
            String other = classes.putIfAbsent(label, entry.name());
            if (other != null && !other.equals(entry.name())) {
                throw new IllegalArgumentException("the label '" + label + "' cannot be in two classes, '" + other
                        + "' and '" + entry.name() + "'");
            }
        }
        return choice;
    }

    /** Whether the user wrote this label or class down: what is named is meant. */
    boolean names(String label) {
        return entries.stream()
                .anyMatch(entry -> entry.name().equals(label)
                        || entry.text().equals(label)
                        || entry.label().filter(label::equals).isPresent());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * The classes of a source's labels, in their order.
     *
     * @param counts number of images of each label
     * @param source for messages
     * @return which label is in which class
     * @throws UnusableInputException when a label is not there, when names differ in case, blanks or Unicode form only, or when one cannot be
     *     that of a folder
     */
    public Classes classes(Map<String, Integer> counts, String source) {
        Map<String, String> classOf = new LinkedHashMap<>();
        if (entries.isEmpty()) {
            new TreeMap<>(counts).keySet().forEach(label -> classOf.put(label, label));
        }
        List<String> missing = new ArrayList<>();
        for (Entry entry :
                entries.stream().map(each -> each.in(counts.keySet())).toList()) {
            String label = entry.label().orElse(entry.name());
            if (!counts.containsKey(label)) {
                missing.add(label);
            }
            classOf.put(label, entry.name());
            if (counts.containsKey(entry.name())) {
                classOf.put(entry.name(), entry.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new UnusableInputException(source + " has no image of class "
                    + missing.stream().map(ClassNames::shown).toList() + "; its classes are "
                    + counts.keySet().stream().sorted().map(ClassNames::shown).toList());
        }
        refuseVariants(counts, classOf);
        refuseUnusable(counts, classOf);
        return new Classes(classOf);
    }

    /** Refuses two spellings of one class, which would be an additional class, or leave images out. */
    private static void refuseVariants(Map<String, Integer> counts, Map<String, String> classOf) {
        Map<String, Set<String>> spellings = new TreeMap<>();
        classOf.values().forEach(name -> spellings
                .computeIfAbsent(ClassNames.key(name), any -> new HashSet<>())
                .add(name));
        counts.keySet().stream()
                .filter(label -> !classOf.containsKey(label) && spellings.containsKey(ClassNames.key(label)))
                .forEach(label -> Objects.requireNonNull(spellings.get(ClassNames.key(label)))
                        .add(label));
        List<String> several = spellings.values().stream()
                .filter(names -> names.size() > 1)
                .flatMap(Set::stream)
                .sorted()
                .map(name -> "'" + ClassNames.shown(name) + "' (" + counts.getOrDefault(name, 0) + " images)")
                .toList();
        if (!several.isEmpty()) {
            throw new UnusableInputException("the labels " + String.join(", ", several)
                    + " differ in case, blanks or Unicode form only; if they are one class, say so with "
                    + advice(counts, classOf, spellings));
        }
    }

    private static String advice(
            Map<String, Integer> counts, Map<String, String> classOf, Map<String, Set<String>> spellings) {
        List<String> texts = new ArrayList<>();
        Set<String> told = new HashSet<>();
        classOf.forEach((label, name) -> {
            Set<String> names = Objects.requireNonNull(spellings.get(ClassNames.key(name)));
            if (names.size() == 1) {
                texts.add(entry(name, label));
            } else if (told.add(ClassNames.key(name))) {
                String usable = ClassNames.usable(best(names, counts));
                counts.keySet().stream()
                        .filter(each -> !each.equals(usable) && names.contains(classOf.getOrDefault(each, each)))
                        .sorted()
                        .forEach(each -> texts.add(entry(usable, each)));
            }
        });
        return option(texts, counts.keySet());
    }

    /** The spelling in lower case if there is one, else the most frequent. */
    private static String best(Set<String> names, Map<String, Integer> counts) {
        return names.stream()
                .min(Comparator.comparing((String name) -> !name.equals(ClassNames.key(name)))
                        .thenComparing(name -> -counts.getOrDefault(name, 0))
                        .thenComparing(name -> name))
                .orElseThrow();
    }

    private static void refuseUnusable(Map<String, Integer> counts, Map<String, String> classOf) {
        for (String name : classOf.values()) {
            ClassNames.problem(name).ifPresent(why -> {
                Map<String, String> usable = new LinkedHashMap<>();
                classOf.values().stream()
                        .filter(each -> ClassNames.problem(each).isEmpty())
                        .forEach(each -> usable.put(each, each));
                classOf.values().forEach(each -> usable.computeIfAbsent(each, any -> unused(each, usable)));
                List<String> texts = new ArrayList<>();
                classOf.forEach((label, each) -> texts.add(entry(Objects.requireNonNull(usable.get(each)), label)));
                int images = classOf.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(name))
                        .mapToInt(entry -> counts.getOrDefault(entry.getKey(), 0))
                        .sum();
                throw new UnusableInputException("the class '" + ClassNames.shown(name) + "' (" + images
                        + " images) cannot be the name of a folder: " + why + "; give it another name with "
                        + option(texts, counts.keySet()));
            });
        }
    }

    private static String unused(String name, Map<String, String> taken) {
        String usable = ClassNames.usable(name);
        String free = usable;
        for (int i = 2; taken.containsValue(free); i++) {
            free = usable + " " + i;
        }
        return free;
    }

    private static String entry(String name, String label) {
        return name.equals(label) ? quoted(name) : quoted(name) + "=" + quoted(label);
    }

    private static String quoted(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('=') >= 0 ? '"' + text + '"' : text;
    }

    /** The option for exactly these classes, quoted for a shell. */
    static String option(Collection<String> names) {
        return option(names.stream().map(ClassChoice::quoted).toList(), Set.copyOf(names));
    }

    private static String option(List<String> texts, Set<String> labels) {
        if (labels.stream().anyMatch(label -> label.indexOf('"') >= 0)) {
            return "--classes NEW=OLD,..., or correct the labels: some hold quotation marks, which an option cannot";
        }
        String list = String.join(",", texts);
        return "--classes " + (PLAIN.matcher(list).matches() ? list : "'" + list.replace("'", "'\\''") + "'");
    }

    /** A choice applied to a source. */
    public record Classes(Map<String, String> classOf) {
        /**
         * {@return the class that a label is in; empty where its images are left out}
         *
         * @param label as the source spells it
         */
        public Optional<String> of(String label) {
            return Optional.ofNullable(classOf.get(label));
        }

        /** {@return the names of the classes, in order} */
        public List<String> names() {
            return classOf.values().stream().distinct().toList();
        }
    }
}
