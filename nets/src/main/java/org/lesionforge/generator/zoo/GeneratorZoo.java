package org.lesionforge.generator.zoo;

import java.util.List;
import java.util.stream.Collectors;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.ddpm.Ddpm;
import org.lesionforge.generator.zoo.lapgan.Lapgan;
import org.lesionforge.generator.zoo.mlp.Mlp;
import org.lesionforge.generator.zoo.wgan.WganGp;

/**
 * The families of generators that a program knows. It is handed down from the command: what looks a family up looks in the list that it was given.
 *
 * @param families in the order in which they are offered; the first is trained where nothing names another
 */
public record GeneratorZoo(List<ModelFamily<?>> families) {
    /** The families that this program has. */
    public static final GeneratorZoo STANDARD =
            new GeneratorZoo(List.of(Dcgan.FAMILY, WganGp.FAMILY, Mlp.FAMILY, Lapgan.FAMILY, Ddpm.FAMILY));

    /**
     * Takes a copy of the list.
     *
     * @param families at least one, each of another name
     * @throws IllegalArgumentException when there is none, or two have one name
     */
    public GeneratorZoo {
        families = List.copyOf(families);
        List<String> names = families.stream().<String>map(ModelFamily::name).toList();
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("expected families of different names, got " + names);
        }
    }

    /** {@return the family that is trained where nothing names another} */
    public ModelFamily<?> first() {
        return families.get(0);
    }

    /**
     * {@return the family of a name}
     *
     * @param name as in {@code config.json}: {@code dcgan}
     * @throws IllegalArgumentException when there is none of that name; the message lists those there are
     */
    public ModelFamily<?> named(String name) {
        for (ModelFamily<?> family : families) {
            if (family.name().equals(name)) {
                return family;
            }
        }
        throw new IllegalArgumentException("there is no family of generators '" + name + "'; there are " + names());
    }

    /**
     * {@return whether there is a family of a name}
     *
     * @param name as in {@code config.json}
     */
    public boolean has(String name) {
        return families.stream().anyMatch(family -> family.name().equals(name));
    }

    /** {@return all names, for a message: {@code dcgan, wgan-gp}} */
    public String names() {
        return families.stream().map(ModelFamily::name).collect(Collectors.joining(", "));
    }
}
