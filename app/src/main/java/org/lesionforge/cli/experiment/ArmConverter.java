package org.lesionforge.cli.experiment;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.run.arm.Arm;

/** {@code none}, {@code dcgan:500+degraded}, {@code dcgan@0.5+only}, {@code both:dcgan@1}, of the families that there are. */
final class ArmConverter extends WordConverter<Arm> {
    ArmConverter(Zoos zoos) {
        super(word -> Arm.of(
                word,
                zoos.generators().families().stream()
                        .<String>map(ModelFamily::name)
                        .toList(),
                zoos.generators().families().stream()
                        .filter(ModelFamily::canBeConditional)
                        .<String>map(ModelFamily::name)
                        .toList()));
    }
}
