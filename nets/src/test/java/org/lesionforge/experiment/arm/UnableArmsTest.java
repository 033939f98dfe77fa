package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.run.Results.UnableArm;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;

final class UnableArmsTest {
    private final NotAdmittedException reason = new NotAdmittedException("too few are kept");

    private static List<Arm> arms(String... words) {
        return Stream.of(words).map(Arm::of).toList();
    }

    @Test
    void allArmsOfASetAreGivenUpAndNoOthers() {
        List<Arm> arms = arms("none", "dcgan+filtered", "dcgan", "both:dcgan+filtered", "dcgan:5+filtered");
        UnableArms unable = new UnableArms(arms);
        assertEquals(List.of(), unable.inResults());
        unable.giveUp(new DrawnSet("dcgan", true), reason);
        assertEquals(
                List.of(
                        new UnableArm("dcgan+filtered", "too few are kept"),
                        new UnableArm("dcgan:5+filtered", "too few are kept")),
                unable.inResults());
        assertEquals(
                arms("dcgan+filtered", "dcgan:5+filtered"),
                arms.stream().filter(unable::contains).toList());
        assertEquals(
                List.of(new DrawnSet("dcgan", false), new DrawnSet("dcgan-conditional", true)), unable.otherSets());
    }

    @Test
    void whereNoOtherArmIsLeftTheReasonEndsTheExperiment() {
        UnableArms unable = new UnableArms(arms("dcgan", "both:dcgan"));
        unable.giveUp(new DrawnSet("dcgan", false), reason);
        assertSame(
                reason,
                assertThrows(
                        NotAdmittedException.class,
                        () -> unable.giveUp(new DrawnSet("dcgan-conditional", false), reason)));
    }
}
