package org.lesionforge.run.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.json.Json;

/** What arms are called. */
final class ArmTest {
    private static final ArmSource DCGAN = ArmSource.family("dcgan");

    private static final List<String> FAMILIES = List.of("dcgan", "toy");
    private static final List<String> CONDITIONAL = List.of("dcgan");

    private static Arm arm(ArmSource source, Amount amount, String modifiers) {
        Set<ArmModifier> set = EnumSet.noneOf(ArmModifier.class);
        for (ArmModifier each : ArmModifier.values()) {
            if (modifiers.contains(each == ArmModifier.CLASS_WEIGHTS ? "weights" : each.word())) {
                set.add(each);
            }
        }
        return new Arm(source, amount, set);
    }

    @Test
    void everyArmIsMadeOfItsOwnWordAndHasAFolderOfItsOwn() {
        List<ArmSource> sources = List.of(
                ArmSource.NONE,
                ArmSource.OVERSAMPLE,
                ArmSource.CLASSICAL,
                ArmSource.PROCESSED,
                DCGAN,
                ArmSource.both("dcgan"),
                ArmSource.external("their-3"),
                ArmSource.external("their"));
        List<Amount> amounts = List.of(Amount.BALANCE, new Amount.Count(3), new Amount.Ratio(new BigDecimal("0.5")));
        List<Arm> arms = sources.stream()
                .flatMap(source -> amounts.stream()
                        .filter(amount -> !source.equals(ArmSource.NONE) || amount.equals(Amount.BALANCE))
                        .flatMap(amount -> Stream.of(
                                        "",
                                        "weights",
                                        "degraded",
                                        "weights degraded",
                                        "only",
                                        "only degraded",
                                        "shuffled",
                                        "weights degraded shuffled",
                                        "filtered",
                                        "weights filtered")
                                .filter(modifiers -> (source.isGenerated() && !source.isOfEveryClass())
                                        || !modifiers.contains("only"))
                                .filter(modifiers ->
                                        source.kind() == ArmSource.Kind.BOTH || !modifiers.contains("shuffled"))
                                .filter(modifiers -> source.generator().isPresent() || !modifiers.contains("filtered"))
                                .map(modifiers -> arm(source, amount, modifiers))))
                .toList();
        assertEquals(4 + 3 * 3 * 4 + 3 * 8 + 3 * 8 + 2 * 3 * 6, arms.size());
        arms.forEach(arm -> assertEquals(arm, Arm.of(arm.word()), arm.word()));
        arms.forEach(arm -> arm.oldWord().ifPresent(word -> assertEquals(arm, Arm.of(word), word)));
        // Both names of all: an arm must never take another's folder for its own.
        List<String> folders = arms.stream()
                .flatMap(arm -> Stream.concat(Stream.of(arm.folderName()), arm.oldFolderName().stream()))
                .toList();
        assertEquals(folders.size(), folders.stream().distinct().count(), folders.toString());
    }

    @Test
    void wordsMeanWhatTheySay() {
        assertEquals(Arm.NONE, Arm.of("none"));
        assertEquals(arm(DCGAN, Amount.BALANCE, ""), Arm.of("dcgan"));
        assertEquals(arm(ArmSource.family("wgan-gp"), Amount.BALANCE, "only"), Arm.of("wgan-gp+only"));
        assertEquals(Optional.of("wgan-gp"), Arm.of("wgan-gp@2").generator());
        assertEquals(Optional.empty(), Arm.of("external:dcgan").generator(), "not ours");
        assertEquals(arm(ArmSource.NONE, Amount.BALANCE, "weights"), Arm.of("none+class-weights"));
        assertEquals(arm(DCGAN, new Amount.Count(500), "only weights"), Arm.of("dcgan:500+only+class-weights"));
        assertEquals(arm(DCGAN, new Amount.Ratio(new BigDecimal("0.5")), ""), Arm.of("dcgan@0.50"));
        assertEquals(Arm.of("dcgan@2"), Arm.of("dcgan@2.0"));
        assertEquals("dcgan@100", Arm.of("dcgan@100").word(), "not 1E+2");
        assertEquals(
                arm(ArmSource.external("stylegan-3"), new Amount.Count(5), "degraded"),
                Arm.of("external:stylegan-3:5+degraded"));
        assertEquals(
                "dcgan:500+class-weights+degraded+only",
                Arm.of("dcgan:500+only+degraded+class-weights").word());
    }

    @Test
    void namesOfVersion01AreRead() {
        Map<String, String> today = Map.of(
                "class-weights", "none+class-weights",
                "class-weights+degraded", "none+class-weights+degraded",
                "degraded", "none+degraded",
                "dcgan-only", "dcgan+only",
                "dcgan-only:40", "dcgan:40+only",
                "dcgan-only:40+class-weights+degraded", "dcgan:40+class-weights+degraded+only",
                "none+degraded", "none+degraded",
                "dcgan:5+class-weights", "dcgan:5+class-weights");
        today.forEach((old, word) -> assertEquals(word, Arm.of(old).word()));
        today.forEach((old, word) -> assertEquals(word, Arm.currentWord(old)));
        assertEquals("no arm at all", Arm.currentWord("no arm at all"));
        assertEquals(
                Optional.of("class-weights+degraded"),
                Arm.of("none+degraded+class-weights").oldWord());
        assertEquals(
                Optional.of("dcgan-only-40+degraded"),
                Arm.of("dcgan:40+only+degraded").oldFolderName());
        assertEquals(Optional.empty(), Arm.of("none+degraded").oldWord());
        assertEquals(Optional.empty(), Arm.of("external:a+only").oldWord());
        assertEquals(Arm.of("dcgan+only"), Json.convert("dcgan-only", Arm.class));
        assertEquals("\"dcgan+only\"", Json.line(Arm.of("dcgan-only")));
    }

    @Test
    void titlesAreForPeople() {
        assertEquals("Class weights, all images blurred alike", title("class-weights+degraded"));
        assertEquals("Balanced with DCGAN images (500)", title("dcgan:500"));
        assertEquals("Duplicated images (0.5 × the real ones), class weights", title("oversample@0.5+class-weights"));
        assertEquals("DCGAN images in place of real ones", title("dcgan+only"));
        assertEquals("Balanced with dcgan images", title("external:dcgan"), "not ours");
    }

    private static String title(String word) {
        return Arm.of(word).title(family -> family.toUpperCase(Locale.ROOT));
    }

    @Test
    void amountsByHand() {
        assertEquals(85, Arm.of("dcgan").amount().images(43, 85));
        assertEquals(7, Arm.of("dcgan:7").amount().images(43, 85));
        assertEquals(22, Arm.of("dcgan@0.5").amount().images(43, 85), "21.5, and half an image counts as one");
        assertEquals(14, Arm.of("dcgan@0.333333333").amount().images(43, 85), "14.33");
        assertEquals(0, Arm.of("dcgan@0.01").amount().images(43, 85));
        assertEquals(1_000_000_000, Arm.of("dcgan@1000").amount().images(1_000_000, 85));
    }

    @Test
    void whatIsNoArmIsRefusedWithTheGrammar() {
        for (String word : List.of(
                "gan",
                "",
                "+",
                "dcgan+",
                "+only",
                "dcgan ",
                "DCGAN",
                "dcgan+oversample",
                "dcgan+blur",
                "dcgan+only+only",
                "dcgan-only+only",
                "class-weights+class-weights",
                "class-weights+dcgan",
                "class-weights:5",
                "none:3",
                "none@1",
                "none+only",
                "oversample+only",
                "classical+only",
                "dcgan:",
                "dcgan:0",
                "dcgan:-1",
                "dcgan:many",
                "dcgan:1.5",
                "dcgan:9999999999",
                "dcgan:5:6",
                "dcgan:5@2",
                "dcgan@",
                "dcgan@0",
                "dcgan@0.0",
                "dcgan@-1",
                "dcgan@1e3",
                "dcgan@1001",
                "dcgan@NaN",
                "dcgan@0,5",
                "dcgan@.5",
                "external",
                "external:",
                "external:../x",
                "external:.x",
                "external:a b",
                "external:a:b",
                "external:a:5:6")) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> Arm.of(word, FAMILIES, CONDITIONAL), word)
                    .getMessage();
            assertTrue(message.startsWith("'" + word + "' is not an arm: "), message);
            assertTrue(
                    message.contains(
                            "none, oversample, classical, processed, real, dcgan, toy, both:FAMILY, external:NAME"),
                    message);
            assertTrue(message.contains("class-weights, degraded, filtered, only, shuffled"), message);
        }
        assertTrue(message("gan").contains("there is no source 'gan' (did you mean dcgan?). An arm is"));
        assertTrue(message("dcgan+class-weight").contains("did you mean class-weights?"));
        assertEquals(Arm.of("toy:3"), Arm.of("toy:3", FAMILIES, CONDITIONAL));
        assertEquals(Arm.of("gan"), Arm.of("gan"), "a family of a later version is an arm in a file");
    }

    @Test
    void armsOfEveryClassAndControlsHaveTheirWords() {
        Arm both = Arm.of("both:dcgan@0.25+shuffled+class-weights");
        assertEquals(arm(ArmSource.both("dcgan"), new Amount.Ratio(new BigDecimal("0.25")), "weights shuffled"), both);
        assertEquals("both:dcgan@0.25+class-weights+shuffled", both.word());
        assertEquals("both-dcgan@0.25+class-weights+shuffled", both.folderName());
        assertEquals(Optional.of("dcgan-conditional"), both.generator());
        assertEquals("dcgan", ArmSource.familyOf("dcgan-conditional"));
        assertEquals("dcgan", ArmSource.familyOf("dcgan"));
        assertEquals(Optional.empty(), Arm.of("processed@2").generator());
        assertEquals(Optional.empty(), Arm.of("real:40+degraded").generator());
        assertEquals("All classes with DCGAN images (500)", title("both:dcgan:500"));
        assertEquals("All classes with DCGAN images, their classes shuffled", title("both:dcgan+shuffled"));
        assertEquals("More real images (40)", title("real:40"));
        assertEquals(Arm.of("both:dcgan"), Arm.of("both:dcgan", FAMILIES, CONDITIONAL));
        for (String word : List.of("both:new", "both:new:3+shuffled")) {
            assertTrue(message(word).contains("there is no source 'both:new'"), message(word));
        }
        assertTrue(
                message("both:toy@2").contains("the family toy has no classes")
                        && message("both:toy@2").contains("dcgan"),
                message("both:toy@2"));
        for (String word : List.of("real", "real@2", "real+class-weights")) {
            assertTrue(message(word).contains("such as real:500"), message(word));
        }
        for (String word : List.of("dcgan+shuffled", "external:a+shuffled", "oversample+shuffled", "real:3+shuffled")) {
            assertTrue(message(word).contains("nothing to shuffle"), message(word));
        }
        for (String word : List.of("both:dcgan+only", "processed+only", "real:4+only", "both:", "both", "both:a:b:c")) {
            assertThrows(IllegalArgumentException.class, () -> Arm.of(word), word);
        }
    }

    @Test
    void filteredImagesAreASetOfTheirOwn() {
        Arm arm = Arm.of("both:dcgan@2+shuffled+filtered");
        assertEquals("both:dcgan@2+filtered+shuffled", arm.word());
        assertEquals(Optional.of(new DrawnSet("dcgan-conditional", true)), arm.drawn());
        assertEquals(Optional.of("dcgan-conditional+filtered"), DrawnSet.nameOf(arm.word()));
        assertEquals(Optional.of("dcgan"), DrawnSet.nameOf("dcgan:5"));
        assertEquals(Optional.empty(), DrawnSet.nameOf("external:dcgan"));
        assertEquals(Optional.empty(), DrawnSet.nameOf("what another version calls an arm"));
        assertEquals(
                List.of(new DrawnSet("dcgan", true), new DrawnSet("dcgan", false)),
                DrawnSet.of(Stream.of("none", "dcgan+filtered", "dcgan@2+filtered", "dcgan")
                        .map(Arm::of)
                        .toList()));
        assertEquals("Balanced with DCGAN images, chosen by a classifier", title("dcgan+filtered"));
        assertEquals(
                Optional.of("dcgan-only+filtered"),
                Arm.of("dcgan+only+filtered").oldWord());
        for (String word : List.of("none+filtered", "oversample+filtered", "external:a+filtered", "real:3+filtered")) {
            assertTrue(message(word).contains("nothing to choose"), message(word));
        }
    }

    @Test
    void noFamilyTakesAWordOrAPlaceOfAnother() {
        for (String name : List.of(
                "none",
                "real",
                "processed",
                "both",
                "external",
                "dcgan-conditional",
                "Toy",
                "2gan",
                "",
                "a_b",
                "a.b")) {
            assertThrows(IllegalArgumentException.class, () -> ArmSource.family(name), name);
        }
    }

    private static String message(String word) {
        return assertThrows(IllegalArgumentException.class, () -> Arm.of(word, FAMILIES, CONDITIONAL))
                .getMessage();
    }
}
