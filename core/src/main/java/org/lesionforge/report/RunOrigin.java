package org.lesionforge.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Provenance;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;

/** What a run was made of, by what and when, as far as its files tell. */
public final class RunOrigin {
    /** As {@code Phantoms} names its images, and no camera does. */
    private static final Pattern PHANTOM = Pattern.compile("PL_[BM]\\d{6}_\\d+");

    /** To the minute. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String GROUPS = " groups (patients or lesions where the source names them)";

    private final RunFiles run;
    private final Optional<Provenance> provenance;

    /**
     * Reads the run's provenance, where there is one.
     *
     * @param run files of the run
     */
    public RunOrigin(RunFiles run) {
        this.run = run;
        provenance = run.provenance();
    }

    /**
     * {@return whether the images were drawn by the program itself; empty when no file names an image}
     *
     * @throws IOException when the list of the training images cannot be read
     */
    public Optional<Boolean> phantoms() throws IOException {
        List<String> ids = new ArrayList<>();
        Optional<Path> trained = run.generators().stream()
                .map(gan -> gan.layout().trainingIds())
                .filter(Files::isRegularFile)
                .findFirst();
        if (trained.isPresent()) {
            try (Stream<String> lines = Files.lines(trained.get())) {
                lines.filter(line -> !line.isBlank()).forEach(ids::add);
            }
        }
        tested().ifPresent(tested -> ids.addAll(tested.ids()));
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(ids.stream().allMatch(id -> PHANTOM.matcher(id).matches()));
    }

    private Optional<PredictionsFile> tested() {
        Optional<String> positive = run.results().map(Results::positive);
        return positive.flatMap(name -> run.armFolders().stream()
                .flatMap(arm -> arm.tested(name).stream())
                .findFirst());
    }

    /**
     * {@return the facts by what they are called, in the order in which they are shown; the last names those that no
     * file has}
     *
     * @throws IOException when the list of the training images cannot be read
     */
    public Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        add(facts, unknown, "Date", provenance.flatMap(Provenance::start).map(DATE::format));
        add(facts, unknown, "Data", data());
        add(facts, unknown, "Test part", testPart());
        add(facts, unknown, "Command line", command());
        add(facts, unknown, "Program", provenance.map(made -> "lesionforge " + made.lesionforge()));
        add(facts, unknown, "Commit", provenance.flatMap(Provenance::commit));
        add(facts, unknown, "libtorch", provenance.flatMap(Provenance::libtorch));
        add(facts, unknown, "Processor or card", provenance.flatMap(Provenance::processor));
        add(facts, unknown, "Computed on", provenance.map(this::computedOn));
        if (!unknown.isEmpty()) {
            facts.put(
                    "Not known",
                    String.join(", ", unknown)
                            + (provenance.isPresent()
                                    ? ": not in provenance.json, for the program that made the run did not record or know it"
                                    : ": there is no provenance.json in this folder"));
        }
        return facts;
    }

    /** Of runs of earlier versions the device may name the precision. */
    private String computedOn(Provenance made) {
        return made.device() + precision(made) + "; " + made.platform();
    }

    /** That of the last start, but where classifiers say otherwise: a run may be resumed in another. */
    private String precision(Provenance made) {
        List<String> ofArms = run.armFolders().stream()
                .flatMap(arm -> arm.precision().stream())
                .distinct()
                .sorted()
                .toList();
        if (ofArms.size() > 1) {
            return ", trained in " + String.join(" and in ", ofArms)
                    + ": so not all that classifiers differ in is what they were trained on";
        }
        return ofArms.stream()
                .findFirst()
                .or(made::precision)
                .map(precision -> ", trained in " + precision)
                .orElse("");
    }

    private static void add(Map<String, String> facts, List<String> unknown, String name, Optional<String> fact) {
        fact.ifPresentOrElse(found -> facts.put(name, found), () -> unknown.add(name));
    }

    private Optional<String> testPart() {
        if (run.results().flatMap(Results::folds).isPresent()) {
            return ArmRuns.tested(run).stream()
                    .flatMap(arm -> run.predictions(arm.name(), arm.classifier()).stream())
                    .findFirst()
                    .map(pooled -> images(pooled.ids(), pooled.groups()) + ", the test parts of all folds together");
        }
        return tested().map(tested -> images(tested.ids(), tested.groups()));
    }

    private static String images(List<String> ids, List<String> groups) {
        return NumberText.plain(ids.size()) + " images of " + NumberText.plain(new HashSet<>(groups).size()) + GROUPS;
    }

    private Optional<String> data() throws IOException {
        Optional<String> name = provenance.flatMap(Provenance::source).or(() -> run.results()
                .map(results -> lastName(results.dataset().path())));
        if (name.isEmpty()) {
            return name;
        }
        String images = run.results()
                .map(results -> ", " + NumberText.plain(results.dataset().images()) + " images")
                .orElse("");
        String ofGroups = provenance
                .flatMap(Provenance::groups)
                .map(groups -> " of " + NumberText.plain(groups) + GROUPS)
                .orElse("");
        String kind = phantoms().orElse(false) ? "; phantoms, drawn by the program: nobody's skin" : "";
        return Optional.of("“" + name.get() + "”" + images + ofGroups + kind);
    }

    /** Of a path as any system writes it. */
    private static String lastName(String path) {
        String trimmed = path.replaceAll("[/\\\\]+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
    }

    private Optional<String> command() {
        return provenance
                .flatMap(Provenance::command)
                .map(arguments -> "lesionforge "
                        + arguments.stream().map(RunOrigin::quoted).collect(Collectors.joining(" ")));
    }

    private static String quoted(String argument) {
        return argument.matches("[^\\s\"'\\\\$`*?&;|<>()]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
