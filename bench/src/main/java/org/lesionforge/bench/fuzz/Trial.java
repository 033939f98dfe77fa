package org.lesionforge.bench.fuzz;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.bench.fuzz.kind.Kind;
import org.lesionforge.bench.fuzz.kind.Sample;
import org.lesionforge.bench.fuzz.kind.Verdict;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;

/** Tries mutants of one kind and classifies the outcomes. */
final class Trial {
    private final Kind kind;
    private final Map<String, String> soundValues = new HashMap<>();

    /** @param detail the exception or objection; empty where there was none */
    record Result(Outcome outcome, String detail) {}

    /** @throws IllegalStateException when the program or the independent reader refuses a sound file */
    Trial(Kind kind) throws IOException {
        this.kind = kind;
        for (Sample sample : kind.samples()) {
            String value = soundValue(sample);
            Verdict verdict = kind.reference(sample, sample.bytes());
            if (verdict.objection().isPresent()
                    || !verdict.value().orElse(value).equals(value)) {
                throw new IllegalStateException("the independent reader has the sound " + sample.name() + " as "
                        + verdict + ", the program as " + value);
            }
            soundValues.put(sample.name(), value);
        }
    }

    private String soundValue(Sample sample) {
        try {
            return kind.value(sample.name(), sample.bytes());
        } catch (Exception e) {
            throw new IllegalStateException("the sound " + sample.name() + " is refused: " + e.getMessage(), e);
        }
    }

    Result run(Mutant mutant) throws IOException {
        String value;
        try {
            value = kind.value(mutant.sample().name(), mutant.bytes());
        } catch (UnusableInputException | MissingRequirementException | UnreadableImageException e) {
            return new Result(Outcome.REFUSED, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return new Result(Outcome.WRONG_EXCEPTION, e.toString());
        }
        boolean same = value.equals(soundValues.get(mutant.sample().name()));
        Verdict verdict = kind.reference(mutant.sample(), mutant.bytes());
        Optional<String> other = verdict.value().filter(read -> !read.equals(value));
        if (other.isPresent()) {
            return new Result(Outcome.SILENT_ACCEPTANCE, "read as " + value + ", is " + other.get());
        }
        if (!same && verdict.objection().isPresent()) {
            return new Result(Outcome.SILENT_ACCEPTANCE, verdict.objection().get());
        }
        return new Result(same ? Outcome.SAME_VALUE : Outcome.OTHER_VALUE, "");
    }
}
