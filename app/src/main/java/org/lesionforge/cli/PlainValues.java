package org.lesionforge.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Converters of the usual kinds of values, whose messages name the words of the command line and not the types of the program. */
final class PlainValues {
    private static final String WHOLE = "a whole number";

    private PlainValues() {}

    /** For a command and all below it. */
    static void registerAt(CommandLine command) {
        number(command, Integer.class, int.class, WHOLE, Integer::valueOf);
        number(command, Long.class, long.class, WHOLE, Long::valueOf);
        number(command, Double.class, double.class, "a number", Double::valueOf);
        ITypeConverter<Boolean> flag = PlainValues::flag;
        command.registerConverter(Boolean.class, flag).registerConverter(boolean.class, flag);
        registerWords(command, command);
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

    private static void registerWords(CommandLine root, CommandLine command) {
        for (ArgSpec argument : command.getCommandSpec().args()) {
            for (Class<?> type : argument.auxiliaryTypes()) {
                if (type.isEnum()) {
                    words(root, type);
                }
            }
        }
        command.getSubcommands().values().forEach(each -> registerWords(root, each));
    }

    private static <T> void words(CommandLine root, Class<T> type) {
        List<T> constants = Arrays.asList(type.getEnumConstants());
        root.registerConverter(type, text -> constants.stream()
                .filter(constant -> word(constant).equals(word(text)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is "
                        + String.join(
                                " or ",
                                constants.stream().map(PlainValues::word).toList()) + ", got '" + text
                        + "'")));
    }

    /** {@code LEAVE_OUT} is {@code leave-out}, in any letters. */
    private static String word(Object constant) {
        String name = constant instanceof Enum<?> each ? each.name() : constant.toString();
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
