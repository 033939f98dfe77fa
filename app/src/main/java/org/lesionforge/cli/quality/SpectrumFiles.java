package org.lesionforge.cli.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.metric.fidelity.SpectrumGap;
import org.lesionforge.report.figure.SpectrumChart;

/** Two spectra as a drawing and as the table beside it. */
final class SpectrumFiles {
    private SpectrumFiles() {}

    /** Writes {@code spectrum.svg} and {@code spectrum.csv} into a folder. */
    static void write(SpectrumGap gap, Path folder) throws IOException {
        StringBuilder lines = new StringBuilder("cycles_per_image,real_db,fake_db\n");
        for (int k = 0; k < gap.real().length; k++) {
            lines.append(String.format(Locale.ROOT, "%d,%.4f,%.4f\n", k + 1, gap.real()[k], gap.fake()[k]));
        }
        AtomicFile.writeString(folder.resolve("spectrum.csv"), lines.toString());
        AtomicFile.writeString(
                folder.resolve("spectrum.svg"),
                SpectrumChart.of("spectrum", gap.real(), gap.fake()).standalone());
    }
}
