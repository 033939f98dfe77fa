package org.lesionforge.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
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
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;

/** What a run was made of, by what and when, as far as its files tell. */
public final class RunOrigin {
    /** As {@code Phantoms} names its images, and no camera does. */
    private static final Pattern PHANTOM = Pattern.compile("PL_[BM]\\d{6}_\\d+");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String GROUPS = " groups (patients or lesions where the source names them)";

    private final RunFiles run;
    private final Optional<JsonObject> provenance;

    public RunOrigin(RunFiles run) {
        this.run = run;
        provenance = run.object("provenance.json");
    }

    /** Whether the images were drawn by the program itself; empty when no file names an image. */
    public Optional<Boolean> phantoms() throws IOException {
        List<String> ids = new ArrayList<>();
        Optional<Path> trained = run.file("gan/training-ids.txt").or(() -> run.file("training-ids.txt"));
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

    /** By what they are called, in the order in which they are shown; the last names those that no file tells. */
    public Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        add(facts, unknown, "Date", recordedOrNull("started").map(this::date));
        add(facts, unknown, "Data", data());
        add(facts, unknown, "Test part", testPart());
        add(facts, unknown, "Command line", command());
        add(facts, unknown, "Program", required("lesionforge").map(version -> "lesionforge " + version));
        add(facts, unknown, "Commit", recordedOrNull("commit"));
        add(facts, unknown, "libtorch", recorded("libtorch"));
        add(facts, unknown, "Processor or card", recordedOrNull("processor"));
        add(facts, unknown, "Computed on", device());
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

    private static void add(Map<String, String> facts, List<String> unknown, String name, Optional<String> fact) {
        fact.ifPresentOrElse(found -> facts.put(name, found), () -> unknown.add(name));
    }

    /** To the minute. */
    private String date(String started) {
        try {
            return DATE.format(Instant.parse(started));
        } catch (DateTimeException e) {
            throw provenance.orElseThrow().wrong("started", "a time such as 2026-11-28T06:01:16Z");
        }
    }

    private Optional<String> testPart() {
        return tested().map(tested -> NumberText.plain(tested.ids().size()) + " images of "
                + NumberText.plain(new HashSet<>(tested.groups()).size()) + GROUPS);
    }

    private Optional<String> device() {
        return required("device")
                .map(device -> device + "; " + required("platform").orElseThrow());
    }

    private Optional<String> data() throws IOException {
        Optional<String> name = recorded("source").or(() -> run.results()
                .map(results -> lastName(results.dataset().path())));
        if (name.isEmpty()) {
            return name;
        }
        String images = run.results()
                .map(results -> ", " + NumberText.plain(results.dataset().images()) + " images")
                .orElse("");
        String groups = provenance
                .filter(found -> found.has("groups"))
                .map(found -> " of " + NumberText.plain(found.integer("groups")) + GROUPS)
                .orElse("");
        String kind = phantoms().orElse(false) ? "; phantoms, drawn by the program: nobody's skin" : "";
        return Optional.of("“" + name.get() + "”" + images + groups + kind);
    }

    /** Of a path as any system writes it. */
    private static String lastName(String path) {
        String trimmed = path.replaceAll("[/\\\\]+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
    }

    private Optional<String> command() {
        return provenance
                .filter(found -> found.has("command") && !found.isNull("command"))
                .map(found -> "lesionforge "
                        + found.texts("command").stream().map(RunOrigin::quoted).collect(Collectors.joining(" ")));
    }

    private static String quoted(String argument) {
        return argument.matches("[^\\s\"'\\\\$`*?&;|<>()]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Of a key that every version wrote. */
    private Optional<String> required(String key) {
        return provenance.map(found -> found.text(key));
    }

    /** Of a key that later versions write. */
    private Optional<String> recorded(String key) {
        return provenance.filter(found -> found.has(key)).map(found -> found.text(key));
    }

    /** Of one that may be null, too. */
    private Optional<String> recordedOrNull(String key) {
        return provenance.filter(found -> found.has(key) && !found.isNull(key)).map(found -> found.text(key));
    }
}
