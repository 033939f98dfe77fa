package org.lesionforge.cli.experiment;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.generator.FamilyOptions;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.generator.zoo.GeneratorZoo;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Adds the options of {@code gan train} to {@code experiment} with the prefix {@code --gan-}, since both nets have
 * epochs.
 */
public final class GanPrefix implements IModelTransformer {
    private final GeneratorZoo zoo;

    GanPrefix(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public CommandSpec transform(CommandSpec experiment) {
        GanOptionsMixin gan = ((ExperimentCommand) experiment.userObject()).gan;
        for (OptionSpec option : CommandSpec.forAnnotatedObject(gan).options()) {
            String name = "--gan-" + option.longestName().substring(2);
            experiment.addOption(OptionSpec.builder(option).names(name).build());
        }
        FamilyOptions.add(experiment, gan, zoo);
        experiment.usageMessage().sectionMap().put(SECTION_KEY_OPTION_LIST, new ExperimentHelp());
        // A synopsis of seventy options would be unreadable.
        experiment.usageMessage().customSynopsis("lesionforge experiment DATASET --out RUN [OPTIONS]");
        return experiment;
    }
}
