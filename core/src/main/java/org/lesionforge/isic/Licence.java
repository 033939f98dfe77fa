package org.lesionforge.isic;

import java.util.Arrays;
import java.util.Locale;

/** The licences of the archive. */
enum Licence {
    CC_0(
            "CC-0",
            "CC0 1.0 Universal, a public domain dedication",
            "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
            "The images may be used for anything. Crediting their source is not required, but usual."),
    CC_BY(
            "CC-BY",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/legalcode",
            "The images may be used for anything if those named in attribution.txt are credited, the licence is linked, and "
                    + "changes are indicated."),
    CC_BY_NC(
            "CC-BY-NC",
            "Creative Commons Attribution-NonCommercial 4.0 International",
            "https://creativecommons.org/licenses/by-nc/4.0/legalcode",
            "The images may be used for what is not primarily intended for commercial advantage or payment, if those named "
                    + "in attribution.txt are credited, the licence is linked, and changes are indicated. What is made from "
                    + "them, nets and synthetic images among it, may fall under the same terms.");

    private final String word;
    private final String title;
    private final String address;
    private final String meaning;

    Licence(String word, String title, String address, String meaning) {
        this.word = word;
        this.title = title;
        this.address = address;
        this.meaning = meaning;
    }

    /** @throws IllegalArgumentException naming the known ones */
    static Licence of(String word) {
        return Arrays.stream(values())
                .filter(licence -> licence.word.equals(word.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the archive's licences are "
                        + Arrays.stream(values()).map(Licence::word).toList() + ", got '" + word + "'"));
    }

    /** Its name in the archive. */
    String word() {
        return word;
    }

    /** Name, address and meaning, for a file of its own. */
    String text() {
        return word + "\n" + title + "\n" + address + "\n\nIn short, and not in place of the licence itself: " + meaning
                + "\n";
    }
}
