package org.lesionforge.run.arm;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many images an arm adds: of the scarce class, or where its source has every class of each of them ({@link Ratio}) or of all together
 * ({@link Count}); {@link Balance} is then as many as there are real ones.
 */
public sealed interface Amount permits Amount.Balance, Amount.Count, Amount.Ratio {
    /** As many as make the class as large as the largest. */
    Amount BALANCE = new Balance();

    /**
     * {@return how many images are added to the class}
     *
     * @param real how many images of the class the training part has
     * @param balance how many the class lacks to be as large as the largest
     */
    int images(int real, int balance);

    /** {@return what follows the source in an arm's word: empty, {@code :N} or {@code @RATIO}} */
    String word();

    /** {@return what follows the source in an arm's title, for people; empty for {@link #BALANCE}} */
    String title();

    /** {@link #BALANCE} alone. */
    record Balance() implements Amount {
        @Override
        public int images(int real, int balance) {
            return balance;
        }

        @Override
        public String word() {
            return "";
        }

        @Override
        public String title() {
            return "";
        }
    }

    /**
     * So many.
     *
     * @param number of images, at least 1
     */
    record Count(int number) implements Amount {
        /**
         * Refuses an amount that is none.
         *
         * @param number at least 1
         * @throws IllegalArgumentException when {@code number} is below 1
         */
        public Count {
            if (number < 1) {
                throw new IllegalArgumentException("an arm adds at least 1 image, got " + number);
            }
        }

        @Override
        public int images(int real, int balance) {
            return number;
        }

        @Override
        public String word() {
            return ":" + number;
        }

        @Override
        public String title() {
            return " (" + number + ")";
        }
    }

    /**
     * So many for each real image of the class in the training part; half an image counts as one.
     *
     * @param factor above 0, up to {@value #MOST}; without zeros at its end, so that equal ratios are equal
     */
    record Ratio(BigDecimal factor) implements Amount {
        private static final int MOST = 1000;

        /**
         * Refuses a ratio out of its range, and takes the zeros at its end away.
         *
         * @param factor above 0, up to {@value #MOST}
         * @throws IllegalArgumentException when {@code factor} is out of its range
         */
        public Ratio {
            factor = factor.stripTrailingZeros();
            if (factor.signum() <= 0 || factor.compareTo(BigDecimal.valueOf(MOST)) > 0) {
                throw new IllegalArgumentException("an arm adds more than 0 and at most " + MOST
                        + " images for each real one, got " + factor.toPlainString());
            }
        }

        @Override
        public int images(int real, int balance) {
            return factor.multiply(BigDecimal.valueOf(real))
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
        }

        @Override
        public String word() {
            return "@" + factor.toPlainString();
        }

        @Override
        public String title() {
            return " (" + factor.toPlainString() + " × the real ones)";
        }
    }
}
