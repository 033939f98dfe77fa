package org.lesionforge.report;

import java.util.List;
import org.lesionforge.io.json.JsonObject;

/** Arms that were asked for and not trained, for each came to the same training as another one. */
public final class UntrainedArms {
    private static final String KEY = "equal_arms";

    private UntrainedArms() {}

    /** A sentence for each; none in runs of version 0.1, which did not look for them. */
    public static List<String> of(JsonObject results) {
        return results.has(KEY)
                ? results.objects(KEY).stream().map(UntrainedArms::sentence).toList()
                : List.of();
    }

    private static String sentence(JsonObject arm) {
        return "The arm " + arm.text("name") + " was not trained: here it is the same as " + arm.text("same_as")
                + ", since " + arm.text("reason") + ".";
    }
}
