package org.lesionforge.cli.common;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Converters of common types of values, whose messages use the terms of the command line and not Java's types. */
public final class PlainValues {
    private static final String WHOLE = "a whole number";

    private PlainValues() {}

    /** For a command and its subcommands. */
    public static void registerAt(CommandLine command) {
        number(command, Integer.class, int.class, WHOLE, Integer::valueOf);
        number(command, Long.class, long.class, WHOLE, Long::valueOf);
        number(command, Double.class, double.class, "a number", Double::valueOf);
        ITypeConverter<Boolean> flag = PlainValues::flag;
        command.registerConverter(Boolean.class, flag).registerConverter(boolean.class, flag);
        Set<Class<?>> enums = new HashSet<>();
        addEnums(command, enums);
        enums.forEach(type -> words(command, type));
    }

    private static <T> void number(
            CommandLine command, Class<T> type, Class<T> primitive, String kind, Function<String, T> meaning) {
        ITypeConverter<T> converter = text -> {
            try {
                return meaning.apply(text.strip());
            } catch (NumberFormatException e) {
                boolean digits = text.strip().matches("[-+]?\\d+");
                throw new TypeConversionException("'" + text + "' is " + (digits ? "too large" : "not " + kind));
            }
        };
        command.registerConverter(type, converter).registerConverter(primitive, converter);
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("it is true or false, got '" + text + "'");
        };
    }

    private static void addEnums(CommandLine command, Set<Class<?>> types) {
        for (ArgSpec argument : command.getCommandSpec().args()) {
            Stream.of(argument.auxiliaryTypes()).filter(Class::isEnum).forEach(types::add);
        }
        command.getSubcommands().values().forEach(each -> addEnums(each, types));
    }

    /** The constants are loaded only when a word is read, so that help starts quickly. */
    private static <T> void words(CommandLine root, Class<T> type) {
        root.registerConverter(type, text -> Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word(text)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is "
                        + Stream.of(type.getEnumConstants())
                                .map(PlainValues::word)
                                .collect(Collectors.joining(" or "))
                        + ", got '" + text + "'")));
    }

    /** {@code LEAVE_OUT} is {@code leave-out}, ignoring case. */
    private static String word(Object constant) {
        String name = constant instanceof Enum<?> each ? each.name() : constant.toString();
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
