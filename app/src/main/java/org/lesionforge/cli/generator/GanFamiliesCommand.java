package org.lesionforge.cli.generator;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.FamilyDescription;
import org.lesionforge.generator.zoo.GeneratorZoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gan families} */
@Command(
        name = "families",
        mixinStandardHelpOptions = true,
        description =
                "The families of generators that 'gan train --family' knows, with the options that each has of its"
                        + " own. The first is the default.")
final class GanFamiliesCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    private final GeneratorZoo zoo;

    GanFamiliesCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() {
        List<FamilyDescription> families =
                zoo.families().stream().map(FamilyDescription::of).toList();
        if (common.json) {
            common.printJson(families);
            return ExitCode.DONE;
        }
        families.forEach(this::print);
        return ExitCode.DONE;
    }

    private void print(FamilyDescription family) {
        common.print(family.name() + ": " + family.title() + ", images of "
                + String.join(", ", family.sizes().stream().map(String::valueOf).toList()) + " pixels"
                + (family.conditional() ? ", can be conditional" : ""));
        for (FamilyDescription.Option option : family.options()) {
            common.print(String.format(
                    Locale.ROOT, "  %-26s%-12s%s", option.name(), SpecText.value(option.value()), option.meaning()));
        }
    }
}
