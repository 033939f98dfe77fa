package org.lesionforge.run;

import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.fidelity.SpectrumGap;
import org.lesionforge.run.MeasuredSnapshot.Measurement;
import org.lesionforge.run.MeasuredSnapshot.Missing;

/**
 * What tells the images that a generator drew for an experiment from the real ones that it learned from.
 *
 * @param family of the generator, which is that of the first split; with {@code +filtered} of those of its images that a classifier chose
 * @param seed whose images were measured
 * @param metrics by key: {@link MetricKeys#DETECTABILITY} and others
 * @param missing what could not be measured
 * @param findings what the numbers must be read with
 * @param spectrum radial power spectra of both; empty where they were not compared
 */
public record GeneratedImages(
        String family,
        long seed,
        List<Measurement> metrics,
        List<Missing> missing,
        List<String> findings,
        Optional<SpectrumGap> spectrum) {
    /**
     * {@return a number by its key; empty where it was not measured}
     *
     * @param key one of {@link MetricKeys}
     */
    public Optional<Metric> metric(String key) {
        return metrics.stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .map(Measurement::metric);
    }

    /**
     * {@return why a number is not there; empty where it is}
     *
     * @param key one of {@link MetricKeys}
     */
    public Optional<String> reason(String key) {
        return missing.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .map(Missing::reason);
    }
}
