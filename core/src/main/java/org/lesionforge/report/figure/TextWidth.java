package org.lesionforge.report.figure;

/** How wide a text is drawn at most. Which font a reader's system has is not known here, so that the widest of the usual ones counts. */
final class TextWidth {
    /** From the blank to the tilde, in thousandths of the font's size: DejaVu Sans. */
    private static final int[] ASCII = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636,
        636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656,
        557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613,
        635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818,
        592, 592, 525, 636, 337, 636, 838
    };

    /** Of letters, signs and ideographs beyond these. */
    private static final int OTHER = 1100;

    /** No bold letter of that font is wider than the plain one by more. */
    private static final double BOLD = 1.27;

    private TextWidth() {}

    /** In the unit of the type's size. */
    static double of(String text, Type type) {
        int thousandths = text.codePoints()
                .map(c -> c >= ' ' && c <= '~' ? ASCII[c - ' '] : OTHER)
                .sum();
        return thousandths / 1000.0 * type.size() * (type.bold() ? BOLD : 1);
    }
}
