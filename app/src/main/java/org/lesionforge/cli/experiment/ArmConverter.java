package org.lesionforge.cli.experiment;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.run.Arm;

/** {@code none}, {@code dcgan:500+degraded}, {@code dcgan@0.5+only}. */
final class ArmConverter extends WordConverter<Arm> {
    ArmConverter() {
        super(Arm::of);
    }
}
