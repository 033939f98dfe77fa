package org.lesionforge.metric;

/**
 * One measured number together with what makes it comparable.
 *
 * @param name what is measured, with what every number of that name shares: {@code fid-768[inception-2015-12-05, resize=pytorch-fid]}
 * @param value the number; {@code NaN} where it is undefined
 * @param std its standard deviation over splits or subsets; null where the metric has none
 * @param recipe what else decides the number: counts, seed, subset size ({@code n=374/374, seed=0})
 */
public record Metric(String name, double value, Double std, String recipe) {}
