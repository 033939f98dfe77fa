package org.lesionforge.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.json.JsonObject;

/**
 * The baseline of accuracy: always to answer with the class that most test images are of.
 *
 * @param className that class
 * @param accuracy what that answer comes to, in [0, 1]
 */
public record MajorityGuess(String className, double accuracy) {
    /** Runs of version 0.1 do not say it; there it follows from the numbers of test images. Empty where nothing was tested. */
    public static Optional<MajorityGuess> of(JsonObject results) {
        if (results.has("majority_guess")) {
            JsonObject guess = results.object("majority_guess");
            return Optional.of(new MajorityGuess(guess.text("class_name"), guess.number("accuracy")));
        }
        Map<String, Integer> images = new LinkedHashMap<>();
        for (JsonObject arm : results.objects("arms")) {
            JsonObject perClass = arm.object("test").object("per_class");
            perClass.keys()
                    .forEach(name -> images.merge(name, perClass.object(name).integer("support"), Integer::sum));
        }
        int all = images.values().stream().mapToInt(Integer::intValue).sum();
        return images.entrySet().stream()
                .filter(largest -> all > 0)
                .max(Map.Entry.comparingByValue())
                .map(largest -> new MajorityGuess(largest.getKey(), (double) largest.getValue() / all));
    }
}
