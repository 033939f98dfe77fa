package org.lesionforge.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.bench.fuzz.kind.ImageKind;
import org.lesionforge.bench.fuzz.kind.Kind;
import org.lesionforge.bench.fuzz.kind.Sample;
import org.lesionforge.bench.fuzz.kind.Verdict;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.JpegReference;
import org.lesionforge.bench.fuzz.reference.NpyReference;
import org.lesionforge.bench.fuzz.reference.PngReference;
import org.lesionforge.bench.fuzz.reference.StrictJson;
import org.lesionforge.io.UnusableInputException;

/** The harness sees the faults that it is there for. */
class TrialTest {
    private static final Sample SOUND = new Sample("text", "sound".getBytes(StandardCharsets.UTF_8));

    /** Reads texts, of which some are faults by their names. */
    private record Texts(Verdict verdict) implements Kind {
        @Override
        public List<Sample> samples() {
            return List.of(SOUND);
        }

        @Override
        public List<Mutation> mutations() {
            return ByteMutations.ALL;
        }

        @Override
        public String value(String name, byte[] file) throws Exception {
            String text = new String(file, StandardCharsets.UTF_8);
            switch (text) {
                case "refused" -> throw new UnusableInputException("no");
                case "bug" -> throw new IllegalStateException("bug");
                case "huge" -> throw new OutOfMemoryError("heap");
                default -> {
                    return text.strip();
                }
            }
        }

        @Override
        public Verdict reference(Sample sample, byte[] file) {
            return Arrays.equals(file, SOUND.bytes()) ? Verdict.UNKNOWN : verdict;
        }
    }

    private static Outcome outcome(String text, Verdict verdict) throws IOException {
        Mutant mutant = new Mutant(SOUND, "", text.getBytes(StandardCharsets.UTF_8));
        return new Trial(new Texts(verdict)).run(mutant).outcome();
    }

    @Test
    void judgesByWhatTheProgramAndTheReferenceSay() throws IOException {
        assertEquals(Outcome.REFUSED, outcome("refused", Verdict.UNKNOWN));
        assertEquals(Outcome.WRONG_EXCEPTION, outcome("bug", Verdict.UNKNOWN));
        assertEquals(Outcome.WRONG_EXCEPTION, outcome("huge", Verdict.refuses("too long")));
        assertEquals(Outcome.SAME_VALUE, outcome("sound ", Verdict.UNKNOWN));
        assertEquals(Outcome.SAME_VALUE, outcome("sound ", Verdict.refuses("blank")));
        assertEquals(Outcome.OTHER_VALUE, outcome("other", Verdict.UNKNOWN));
        assertEquals(Outcome.OTHER_VALUE, outcome("other", Verdict.reads("other")));
        assertEquals(Outcome.SILENT_ACCEPTANCE, outcome("other", Verdict.refuses("damaged")));
        assertEquals(Outcome.SILENT_ACCEPTANCE, outcome("other", Verdict.reads("third")));
        assertEquals(Outcome.SILENT_ACCEPTANCE, outcome("sound ", Verdict.reads("other")));
    }

    @Test
    void aSeedGivesTheSameMutantsAndNoneIsSound() {
        for (int number = 0; number < 500; number++) {
            Mutant mutant = Mutant.of(List.of(SOUND), ByteMutations.ALL, 1, number);
            assertArrayEquals(
                    mutant.bytes(),
                    Mutant.of(List.of(SOUND), ByteMutations.ALL, 1, number).bytes());
            assertFalse(mutant.how().isEmpty());
        }
        assertFalse(Arrays.equals(
                Mutant.of(List.of(SOUND), ByteMutations.ALL, 1, 0).bytes(),
                Mutant.of(List.of(SOUND), ByteMutations.ALL, 2, 0).bytes()));
    }

    @Test
    void referencesRefuseWhatIsDamaged() throws Exception {
        byte[] jpeg = ImageKind.jpeg().samples().get(0).bytes();
        JpegReference.check(jpeg);
        assertTrue(assertThrows(DamagedException.class, () -> JpegReference.check(Arrays.copyOf(jpeg, jpeg.length / 2)))
                .getMessage()
                .startsWith("libjpeg"));
        byte[] png = ImageKind.png().samples().get(0).bytes();
        PngReference.check(png);
        byte[] flipped = png.clone();
        flipped[png.length / 2] ^= 1;
        assertEquals(
                "check sum of IDAT",
                assertThrows(DamagedException.class, () -> PngReference.check(flipped))
                        .getMessage());
        byte[] array = NpyReference.write("|u1", "3,", new byte[] {1, 2, 3});
        assertEquals(NpyReference.value("|u1", List.of(3L), new byte[] {1, 2, 3}), NpyReference.read(array));
        assertThrows(DamagedException.class, () -> NpyReference.read(Arrays.copyOf(array, array.length + 1)));
        byte[] twice = "{\"a\": 1, \"a\": 1}".getBytes(StandardCharsets.UTF_8);
        assertThrows(DamagedException.class, () -> StrictJson.read(twice));
    }
}
