package org.lesionforge.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What metadata often says of an image beside its class, and what results are broken down by. */
enum Attribute {
    SEX("sex"),
    /** In bands, since single years have too few images. */
    AGE("age"),
    SITE("site"),
    SKIN_TYPE("skin_type");

    private final String word;

    Attribute(String word) {
        this.word = word;
    }

    /** What it is called in files. */
    String word() {
        return word;
    }

    /** The column of a data set that holds it, ignoring case. */
    Optional<String> column(List<String> names) {
        return usualColumns().stream()
                .flatMap(usual -> names.stream().filter(usual::equalsIgnoreCase))
                .findFirst();
    }

    private List<String> usualColumns() {
        return switch (this) {
            case SEX -> List.of("sex", "gender");
            case AGE -> List.of("age", "age_approx");
            case SITE -> List.of("site", "localization", "anatom_site_general", "anatom_site_general_challenge");
            case SKIN_TYPE -> List.of("skin_type", "fitzpatrick_skin_type", "fitzpatrick");
        };
    }

    /** A source's value in lower case and uniform spelling; empty when it is unknown. */
    String of(String value) {
        String lower = value.strip().toLowerCase(Locale.ROOT);
        if (MissingValue.is(lower)) {
            return "";
        }
        return switch (this) {
            case SEX -> lower.equals("f") ? "female" : lower.equals("m") ? "male" : lower;
            case AGE -> band(lower);
            case SITE, SKIN_TYPE -> lower;
        };
    }

    private static String band(String years) {
        double age;
        try {
            age = Double.parseDouble(years);
        } catch (NumberFormatException e) {
            return "";
        }
        if (!(age >= 0)) {
            return "";
        }
        return age < 30 ? "0 to 29" : age < 50 ? "30 to 49" : age < 70 ? "50 to 69" : "70 and over";
    }
}
