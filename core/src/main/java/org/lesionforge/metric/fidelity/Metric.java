package org.lesionforge.metric.fidelity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.statistics.Interval;

/**
 * One measured number with everything needed to compare it.
 *
 * @param name what is measured and how, as in {@code fid-768[inception-2015-12-05, resize=pytorch-fid]}
 * @param value the number; {@code NaN} where it is undefined
 * @param std its standard deviation over splits or subsets; null where the metric has none
 * @param ci95 its 95 % interval; null where none was computed
 * @param recipe what else the number depends on: counts, seed, subset size ({@code n=374/374, seed=0})
 */
public record Metric(
        String name,
        double value,
        @Nullable Double std,
        String recipe,
        @OptionalKey @JsonInclude(Include.NON_NULL) @Nullable Interval ci95) {
    /**
     * Without a deviation and an interval.
     *
     * @param name what is measured and how
     * @param value the number; {@code NaN} where it is undefined
     * @param recipe what else the number depends on
     */
    public Metric(String name, double value, String recipe) {
        this(name, value, null, recipe);
    }

    /**
     * Without an interval.
     *
     * @param name what is measured and how
     * @param value the number; {@code NaN} where it is undefined
     * @param std its standard deviation over splits or subsets; null where the metric has none
     * @param recipe what else the number depends on
     */
    public Metric(String name, double value, @Nullable Double std, String recipe) {
        this(name, value, std, recipe, null);
    }
}
