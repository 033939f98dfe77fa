package org.lesionforge.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.cli.config.ConfigFile;
import org.lesionforge.cli.config.ConfiguredArguments;
import org.lesionforge.cli.config.GivenArguments;
import org.lesionforge.cli.config.Setting;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.training.ComputedKey;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Completes {@code experiment --out RUN --resume} with the data set and the options that the run was started with, from
 * its {@code config.json}. Options on the command line are kept, and compared with the run's when it is opened.
 */
public final class ResumedArguments {
    private static final String NAME = "--resume";
    private static final String EXTERNAL = "external";
    private static final String GAN_RUN = "gan_run";
    private static final String MATCH = "--match-acquisition";

    private final Path run;
    private final ParseResult given;
    private final List<Setting> recorded;

    private ResumedArguments(Path run, ParseResult given, List<Setting> recorded) {
        this.run = run;
        this.given = given;
        this.recorded = recorded;
    }

    /** @throws UnusableInputException when there is no experiment to resume, and the command line cannot start one */
    public static ConfiguredArguments of(CommandLine program, String... arguments) {
        if (Stream.of(arguments).noneMatch(each -> each.equals(NAME) || each.startsWith(NAME + "="))) {
            return ConfiguredArguments.none(arguments);
        }
        GivenArguments given = GivenArguments.of(program, arguments);
        ParseResult command = given.command();
        if (!given.isCall() || !command.matchedOptionValue(NAME, false) || !command.hasMatchedOption("--out")) {
            return ConfiguredArguments.none(arguments);
        }
        Path run = command.matchedOptionValue("--out", null);
        Path file = run.resolve("config.json");
        boolean names = command.hasMatchedPositional(0);
        if (!Files.exists(file)) {
            if (names) {
                return ConfiguredArguments.none(arguments);
            }
            throw new UnusableInputException(
                    run + " holds no experiment to resume (no config.json); name the folder that"
                            + " one was started with, or start one with: lesionforge experiment DATASET --out RUN");
        }
        List<Setting> recorded = ConfigFile.read(file);
        if (recorded.stream().noneMatch(setting -> setting.key().equals("options.arms"))) {
            throw new UnusableInputException(
                    run + " holds no experiment to resume (its config.json has no options.arms)");
        }
        ResumedArguments resumed = new ResumedArguments(run, command, recorded);
        if (!names) {
            resumed.requireDataset(file);
        }
        try {
            return ConfiguredArguments.with(file, resumed.settings(), resumed.others(file), given);
        } catch (ParameterException e) {
            // The file is the program's own, nothing that the user has typed.
            throw new UnusableInputException(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private void requireDataset(Path file) {
        String dataset = value("dataset")
                .orElseThrow(() -> new UnusableInputException(file + " names no data set; name it: " + call()));
        if (!Files.exists(Path.of(dataset))) {
            throw new UnusableInputException(run + " was started on the data set " + dataset
                    + ", which is not there; name where it is now: " + call());
        }
    }

    private String call() {
        return "lesionforge experiment DATASET --out " + run + " --resume";
    }

    private Optional<String> value(String key) {
        return values(key).findFirst();
    }

    private Stream<String> values(String key) {
        return recorded.stream()
                .filter(setting -> setting.key().equals(key))
                .flatMap(setting -> setting.values().stream());
    }

    /** Settings that become options of one value each. */
    private List<Setting> settings() {
        return recorded.stream()
                .filter(setting -> !setting.path().get(0).equals(EXTERNAL))
                // The command reads it itself: it is nothing that was asked for.
                .filter(setting -> !setting.path().get(0).equals(ComputedKey.NAME))
                .filter(setting -> !setting.key().equals(GAN_RUN) || !isTakenOver())
                .filter(setting -> !given.hasMatchedOption("--gan-preset") || !isOfPreset(setting))
                .filter(setting -> !given.hasMatchedOption("--recipe") || !isOfRecipe(setting))
                // Of several families each has its own values.
                .filter(setting -> !hasSeveralFamilies() || setting.family().isEmpty())
                .toList();
    }

    /** Whether the GAN presets differ in it, so that a given preset decides its value. */
    private boolean isOfPreset(Setting setting) {
        Optional<List<String>> option = setting.generatorOption();
        return option.isPresent() && families().stream().anyMatch(family -> differ(option.get(), presets(family)));
    }

    private static Stream<?> presets(ModelFamily<?> family) {
        return family.presets().stream().map(preset -> family.preset(preset.name()));
    }

    /** The families that the run has options of. */
    private List<ModelFamily<?>> families() {
        GeneratorZoo zoo = ((ExperimentCommand) given.commandSpec().userObject()).generators();
        List<String> names = recordedFamilies();
        return zoo.families().stream()
                .filter(family -> names.stream().map(ArmSource::familyOf).anyMatch(family.name()::equals))
                .toList();
    }

    /** With those of the arms that are typed: what one family's options were is nothing to another. */
    private boolean hasSeveralFamilies() {
        List<Arm> typed = given.matchedOptionValue("--arms", List.of());
        return Stream.concat(recordedFamilies().stream(), typed.stream().flatMap(arm -> arm.generator().stream()))
                        .distinct()
                        .count()
                > 1;
    }

    private List<String> recordedFamilies() {
        return recorded.stream()
                .flatMap(setting -> setting.family().stream())
                .distinct()
                .toList();
    }

    /** Likewise of the classifier's recipes. */
    private static boolean isOfRecipe(Setting setting) {
        List<String> path = setting.path();
        return setting.key().startsWith("options.classifier.")
                && differ(
                        path.subList(2, path.size()), Stream.of(Recipe.values()).map(Recipe::options));
    }

    /** Whether options differ in the value at a path. */
    private static boolean differ(List<String> path, Stream<?> options) {
        String place = "/" + String.join("/", path);
        return options.map(each -> Json.convert(each, JsonNode.class).at(place))
                        .distinct()
                        .count()
                > 1;
    }

    /** Leaves out the source of a GAN that is already in the run, since that may be gone. */
    private boolean isTakenOver() {
        SplitDirectory own = new RunLayout(run).ownSplit();
        return own.families().stream().anyMatch(own::isFinished)
                && values(GAN_RUN).map(Path::of).anyMatch(Files::notExists);
    }

    /** What is added beside settings. */
    private List<String> others(Path file) {
        List<String> others = new ArrayList<>(externals());
        if (!isRecorded("options.match_acquisition") && !given.hasMatchedOption(MATCH)) {
            // A run from before there was this option added images as they were drawn.
            others.add("--no-match-acquisition");
        }
        if (hasSeveralFamilies() && !given.hasMatchedOption("--gan-preset")) {
            others.add("--recorded-generators=" + file);
        }
        return others;
    }

    /** Folders of other generators' images that the arms add, except those given on the command line. */
    private List<String> externals() {
        List<NamedFolder> named = given.matchedOptionValue("--external", List.of());
        Set<String> others = named.stream().map(NamedFolder::name).collect(Collectors.toSet());
        List<String> options = new ArrayList<>();
        for (Setting setting : recorded) {
            List<String> path = setting.path();
            boolean isFolder = path.size() == 3
                    && path.get(0).equals(EXTERNAL)
                    && path.get(2).equals("folder");
            if (isFolder && !others.contains(path.get(1)) && isAdded(path.get(1))) {
                options.add("--external=" + path.get(1) + "=" + String.join(",", setting.values()));
            }
        }
        return options;
    }

    private boolean isRecorded(String key) {
        return recorded.stream().anyMatch(setting -> setting.key().equals(key));
    }

    private boolean isAdded(String name) {
        List<Arm> typed = given.matchedOptionValue("--arms", null);
        if (typed != null) {
            return typed.stream()
                    .map(Arm::source)
                    .anyMatch(source -> source.kind() == ArmSource.Kind.EXTERNAL
                            && source.name().equals(name));
        }
        return recorded.stream()
                .filter(setting -> setting.key().equals("options.arms"))
                .flatMap(setting -> setting.values().stream())
                .anyMatch(arm -> arm.matches("external:\\Q" + name + "\\E(?:[:@+].*)?"));
    }
}
