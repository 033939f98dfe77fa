package org.lesionforge.report;

import org.lesionforge.io.json.JsonObject;

/** What each arm comes to in each measure, over its seeds. */
public record ArmFigures(JsonObject results) {
    /** At an {@linkplain Difference#point() operating point}; {@code NaN} where it is undefined or not known. */
    public double value(String arm, String metric, String point) {
        for (JsonObject summary : results.objects("summaries")) {
            if (!summary.text("name").equals(arm)) {
                continue;
            }
            if (!Difference.VALIDATION.equals(point)) {
                return summary.object("measures").object(metric).number("value");
            }
            return summary.isNull("on_validation")
                    ? Double.NaN
                    : summary.object("on_validation")
                            .object("at_threshold")
                            .object(metric)
                            .number("value");
        }
        return Double.NaN;
    }
}
