package org.lesionforge.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The help of {@code experiment} with its ninety options in groups. */
final class ExperimentHelp implements IHelpSectionRenderer {
    /** Options under a heading. */
    private record Group(String heading, Predicate<OptionSpec> has) {}

    private static final Set<String> USUAL = Set.of(
            "--arms",
            "--config",
            "--dry-run",
            "--ensemble",
            FastArguments.NAME,
            "--folds",
            "--freeze",
            "--help",
            "--jobs",
            "--out",
            "--positive",
            "--protocol",
            "--quiet",
            "--resume",
            "--seeds",
            "--size",
            "--threads",
            "--weights");
    private static final Set<String> GAN = Set.of(
            "--accept-bad-generator",
            "--checkpoint-every",
            "--features",
            "--keep",
            "--match-acquisition",
            "--max-similarity",
            "--metric-weights",
            "--resize",
            "--synthetic");
    private static final Set<String> CLASSIFIER = Set.of(
            "--auxiliary-weight",
            "--balanced",
            "--batch",
            "--classifiers",
            "--budget",
            "--clip",
            "--colour",
            "--crop",
            "--cutmix",
            "--dropout",
            "--ema",
            "--epochs",
            "--flips",
            "--label-smoothing",
            "--layer",
            "--lr",
            "--micro-batch",
            "--mix-probability",
            "--mixup",
            "--optimizer",
            "--padding",
            "--recipe",
            "--rotation",
            "--schedule",
            "--select",
            "--shear",
            "--synthetic-first",
            "--synthetic-weight",
            "--tta",
            "--views",
            "--warmup",
            "--weight-decay");

    /** An option is in the first group that matches it; the last group takes the others. */
    private static final List<Group> GROUPS = List.of(
            new Group("Usual options:", option -> named(option, USUAL)),
            new Group(
                    "The GAN:",
                    option -> named(option, GAN) || option.longestName().startsWith("--gan")),
            new Group("The classifiers:", option -> named(option, CLASSIFIER)),
            new Group("Rare options:", option -> true));

    private static boolean named(OptionSpec option, Set<String> names) {
        return List.of(option.names()).stream().anyMatch(names::contains);
    }

    @Override
    public String render(Help help) {
        List<OptionSpec> left = new ArrayList<>(help.commandSpec().options());
        left.removeIf(OptionSpec::hidden);
        StringBuilder text = new StringBuilder();
        for (Group group : GROUPS) {
            List<OptionSpec> members = left.stream().filter(group.has()).toList();
            left.removeAll(members);
            text.append(help.createHeading("%n" + group.heading() + "%n"))
                    .append(help.optionListExcludingGroups(members));
        }
        return text.toString();
    }
}
