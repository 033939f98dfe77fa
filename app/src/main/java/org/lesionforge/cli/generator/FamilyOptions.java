package org.lesionforge.cli.generator;

import java.util.Locale;
import java.util.regex.Pattern;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.FamilyDescription;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.GeneratorZoo;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Adds to a command an option for each of the families' own options that {@link GanOptionsMixin} does not name, so that a family in the list has
 * all of its options on the command line.
 */
public final class FamilyOptions implements IModelTransformer {
    private static final Pattern WORD_START = Pattern.compile("_([a-z0-9])");

    private final GeneratorZoo zoo;

    FamilyOptions(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public CommandSpec transform(CommandSpec train) {
        add(train, ((GanTrainCommand) train.userObject()).gan, zoo);
        return train;
    }

    /** Adds those of all families in {@code zoo}; their values go to {@code gan}. */
    public static void add(CommandSpec command, GanOptionsMixin gan, GeneratorZoo zoo) {
        for (ModelFamily<?> family : zoo.families()) {
            for (FamilyDescription.Option option : FamilyDescription.of(family).options()) {
                String key = option.name().substring(option.name().lastIndexOf('.') + 1);
                String component =
                        WORD_START.matcher(key).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
                String flag = gan.prefix() + key.replace('_', '-');
                // Where two families have an option of one name, it stands once.
                if (!gan.names(component) && command.findOption(flag) == null) {
                    command.addOption(OptionSpec.builder(flag)
                            .paramLabel("VALUE")
                            .type(type(option.value()))
                            .description("Of the family " + family.name() + ": " + option.meaning() + ". Default: "
                                    + SpecText.value(option.value()) + ".")
                            .setter(new Setter(gan, component))
                            .build());
                }
            }
        }
    }

    /** An enum's own class, also where a constant has a body and so a class of its own, which nobody could name a value of. */
    private static Class<?> type(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    private record Setter(GanOptionsMixin gan, String component) implements ISetter {
        @Override
        public <T> T set(T value) {
            gan.set(component, value);
            return value;
        }
    }
}
