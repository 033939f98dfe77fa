package org.lesionforge.cli.experiment;

import java.util.List;
import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.run.Seeds;

/** {@code 0..4}, {@code 0,1,7}. */
final class SeedsConverter extends WordConverter<List<Long>> {
    SeedsConverter() {
        super(Seeds::of);
    }
}
