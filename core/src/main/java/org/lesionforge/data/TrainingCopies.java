package org.lesionforge.data;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.image.Alteration;
import org.lesionforge.io.Seed;

/**
 * Copies of the training images of one class, unchanged or altered. All images are copied equally often, up to one copy
 * more for some, which are drawn at random. Copy {@code i} depends on the seed and {@code i} alone.
 */
public final class TrainingCopies implements AddedImages {
    private static final Pattern ID = Pattern.compile("copy-(\\d{5,9})-of-(.*)", Pattern.DOTALL);

    private final TrainingPart originals;
    private final String className;
    private final int[] original;
    private final Seed seed;
    private final boolean altered;

    private TrainingCopies(TrainingPart originals, String className, int count, long seed, boolean altered) {
        if (originals.size() == 0) {
            throw new IllegalArgumentException("there is no training image of class '" + className + "' to copy");
        }
        this.originals = originals;
        this.className = className;
        this.seed = of(seed);
        this.altered = altered;
        original = new int[count];
        for (int first = 0; first < count; first += originals.size()) {
            int[] order = this.seed.of("order").at(first).permutation(originals.size());
            System.arraycopy(order, 0, original, first, Math.min(order.length, count - first));
        }
    }

    private static Seed of(long seed) {
        return new Seed(seed).of("copies");
    }

    private static Alteration alteration(Seed seed, int copy) {
        return Alteration.random(seed.of("alteration").at(copy));
    }

    /**
     * {@return how a copy of {@link #altered} differs from its original}
     *
     * @param id of the copy
     * @param seed that the copies were made with
     * @throws IllegalArgumentException when {@code id} is not that of a copy
     */
    public static Alteration alterationOf(String id, long seed) {
        Matcher copy = ID.matcher(id);
        if (!copy.matches()) {
            throw new IllegalArgumentException("'" + id + "' is not the identifier of a copy");
        }
        return alteration(of(seed), Integer.parseInt(copy.group(1)));
    }

    /**
     * {@return the very same images again: what oversampling adds}
     *
     * @param training of which the images of one class are copied
     * @param className one of the data set's
     * @param count of copies, at least 0
     * @param seed of the choice which images are copied once more
     */
    public static TrainingCopies duplicates(TrainingPart training, String className, int count, long seed) {
        return new TrainingCopies(training.ofClass(className), className, count, seed, false);
    }

    /**
     * {@return copies, each {@linkplain Alteration altered} in its own way: what classical augmentation adds}
     *
     * @param training of which the images of one class are copied
     * @param className one of the data set's
     * @param count of copies, at least 0
     * @param seed of the choice and of the alterations
     */
    public static TrainingCopies altered(TrainingPart training, String className, int count, long seed) {
        return new TrainingCopies(training.ofClass(className), className, count, seed, true);
    }

    /**
     * {@return which image a training image shows: the original's identifier for that of a copy, any other identifier
     * as it is}
     *
     * @param id of a real image, a copy or a synthetic image
     */
    public static String originalOf(String id) {
        Matcher copy = ID.matcher(id);
        return copy.matches() ? copy.group(2) : id;
    }

    /**
     * {@return whether {@code id} is that of a copy}
     *
     * @param id of a real image, a copy or a synthetic image
     */
    public static boolean isCopy(String id) {
        return ID.matcher(id).matches();
    }

    @Override
    public int size() {
        return original.length;
    }

    @Override
    public String className(int i) {
        return className;
    }

    @Override
    public boolean isSynthetic(int i) {
        return false;
    }

    /** {@code copy-<index>-of-<id of the original>}. */
    @Override
    public String id(int i) {
        return String.format(Locale.ROOT, "copy-%05d-of-%s", i, originals.id(original[i]));
    }

    @Override
    public String group(int i) {
        return originals.group(original[i]);
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        if (!altered) {
            originals.read(original[i], side, target, offset);
            return;
        }
        byte[] pixels = new byte[3 * side * side];
        originals.read(original[i], side, pixels, 0);
        alteration(seed, i).apply(pixels, side, target, offset);
    }
}
