package org.lesionforge.bench.fuzz.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.JsonMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.StrictJson;
import org.lesionforge.io.Sha256;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.page.Report;

/** The results of an experiment, read by drawing its report. */
final class ResultsKind implements Kind {
    private static final String FILE = "results.json";
    private static final Set<String> UNCHECKED = unchecked();

    private final Path run;
    private final byte[] sound;

    ResultsKind(Path folder) throws IOException {
        run = Files.createDirectories(folder.resolve("run"));
        try (InputStream in = ResultsKind.class.getResourceAsStream(FILE)) {
            sound = in.readAllBytes();
        }
    }

    /** Keys that are data, and measures that the report of a single seed does not show. */
    private static Set<String> unchecked() {
        Set<String> keys = new HashSet<>(
                Set.of("dataset.licences", "dataset.parts.train", "dataset.parts.validation", "dataset.parts.test"));
        for (Measure measure : Measure.values()) {
            String atThreshold = "summaries[].on_validation.at_threshold." + measure.word();
            keys.add(measure.dependsOnThreshold() ? atThreshold + ".std" : atThreshold);
            keys.add("summaries[].measures." + measure.word() + ".std");
        }
        keys.add("summaries[].measures." + Measure.SENSITIVITY_AT_SPECIFICITY_90.word());
        return Set.copyOf(keys);
    }

    @Override
    public List<Sample> samples() {
        return List.of(new Sample(FILE, sound));
    }

    @Override
    public List<Mutation> mutations() {
        List<Mutation> mutations = new ArrayList<>(JsonMutations.ALL);
        mutations.addAll(ByteMutations.ALL);
        return mutations;
    }

    @Override
    public String value(String name, byte[] file) throws Exception {
        Folders.delete(run);
        Files.write(Files.createDirectories(run).resolve(FILE), file);
        return Sha256.of(Report.write(run)).substring(0, 16);
    }

    /** The numbers cannot be checked, but every key must be present with a value of its type. */
    @Override
    public Verdict reference(Sample sample, byte[] file) {
        try {
            JsonNode found = StrictJson.read(file);
            StrictJson.requireForm(StrictJson.read(sound), found, "", UNCHECKED);
            return Verdict.UNKNOWN;
        } catch (DamagedException e) {
            return Verdict.refuses(e.getMessage());
        }
    }
}
