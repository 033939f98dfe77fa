package org.lesionforge.bench.fuzz.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/** Damage to files of any kind, in storage or transfer. */
public final class ByteMutations {
    /** Half of all changes are in this many first bytes, since headers are small but important. */
    private static final int START = 256;

    private static final int LONGEST_BLOCK = 64;
    private static final byte[] EXTREMES = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};

    public static final List<Mutation> ALL = List.of(
            new Mutation("a bit flipped", ByteMutations::flipBit),
            new Mutation("a bit flipped", ByteMutations::flipBit),
            new Mutation("bits flipped", ByteMutations::flipBits),
            new Mutation("a byte set", ByteMutations::setByte),
            new Mutation("a number changed", ByteMutations::changeNumber),
            new Mutation("a number replaced", ByteMutations::replaceNumber),
            new Mutation("end cut off", ByteMutations::cut),
            new Mutation("last bytes cut off", ByteMutations::cutLast),
            new Mutation("block removed", ByteMutations::remove),
            new Mutation("block twice", ByteMutations::duplicate),
            new Mutation("bytes inserted", ByteMutations::insert),
            new Mutation("block set to zero", ByteMutations::zero),
            new Mutation("blocks exchanged", ByteMutations::exchange),
            new Mutation("bytes appended", ByteMutations::append));

    private ByteMutations() {}

    private static int position(byte[] file, SplittableRandom random) {
        int most = random.nextBoolean() ? file.length : Math.min(START, file.length);
        return random.nextInt(Math.max(1, most));
    }

    private static byte[] flipBit(byte[] file, SplittableRandom random) {
        byte[] changed = file.clone();
        if (changed.length > 0) {
            changed[position(file, random)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] flipBits(byte[] file, SplittableRandom random) {
        byte[] changed = file;
        for (int i = 2 + random.nextInt(15); i > 0; i--) {
            changed = flipBit(changed, random);
        }
        return changed;
    }

    private static byte[] setByte(byte[] file, SplittableRandom random) {
        byte[] changed = file.clone();
        if (changed.length > 0) {
            changed[position(file, random)] =
                    random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : (byte) random.nextInt(256);
        }
        return changed;
    }

    /** By one, where a number of 2, 4 or 8 bytes may be. */
    private static byte[] changeNumber(byte[] file, SplittableRandom random) {
        return number(file, random, old -> old + (random.nextBoolean() ? 1 : -1));
    }

    private static byte[] replaceNumber(byte[] file, SplittableRandom random) {
        long replacement = HostileNumbers.integer(random);
        return number(file, random, old -> replacement);
    }

    private static byte[] number(byte[] file, SplittableRandom random, LongUnaryOperator change) {
        int width = 2 << random.nextInt(3);
        if (file.length < width) {
            return file;
        }
        byte[] changed = file.clone();
        ByteBuffer buffer =
                ByteBuffer.wrap(changed).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int at = Math.min(position(file, random), file.length - width);
        switch (width) {
            case 2 -> buffer.putShort(at, (short) change.applyAsLong(buffer.getShort(at)));
            case 4 -> buffer.putInt(at, (int) change.applyAsLong(buffer.getInt(at)));
            default -> buffer.putLong(at, change.applyAsLong(buffer.getLong(at)));
        }
        return changed;
    }

    private static byte[] cut(byte[] file, SplittableRandom random) {
        return Arrays.copyOf(file, random.nextInt(Math.max(1, file.length)));
    }

    private static byte[] cutLast(byte[] file, SplittableRandom random) {
        return Arrays.copyOf(file, Math.max(0, file.length - 1 - random.nextInt(16)));
    }

    private static byte[] remove(byte[] file, SplittableRandom random) {
        int from = position(file, random);
        int to = Math.min(file.length, from + 1 + random.nextInt(LONGEST_BLOCK));
        return joined(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
    }

    private static byte[] duplicate(byte[] file, SplittableRandom random) {
        int from = position(file, random);
        int to = Math.min(file.length, from + 1 + random.nextInt(LONGEST_BLOCK));
        return joined(Arrays.copyOf(file, to), Arrays.copyOfRange(file, from, file.length));
    }

    private static byte[] insert(byte[] file, SplittableRandom random) {
        int at = position(file, random);
        return joined(Arrays.copyOf(file, at), some(random), Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] append(byte[] file, SplittableRandom random) {
        return joined(file, some(random));
    }

    private static byte[] zero(byte[] file, SplittableRandom random) {
        byte[] changed = file.clone();
        int from = position(file, random);
        Arrays.fill(changed, from, Math.min(file.length, from + 1 + random.nextInt(LONGEST_BLOCK)), (byte) 0);
        return changed;
    }

    private static byte[] exchange(byte[] file, SplittableRandom random) {
        int length = 1 + random.nextInt(LONGEST_BLOCK);
        if (file.length < 2 * length) {
            return file;
        }
        int first = random.nextInt(file.length - 2 * length + 1);
        int second = first + length + random.nextInt(file.length - first - 2 * length + 1);
        return joined(
                Arrays.copyOf(file, first),
                Arrays.copyOfRange(file, second, second + length),
                Arrays.copyOfRange(file, first + length, second),
                Arrays.copyOfRange(file, first, first + length),
                Arrays.copyOfRange(file, second + length, file.length));
    }

    private static byte[] some(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(LONGEST_BLOCK)];
        random.nextBytes(bytes);
        return bytes;
    }

    public static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
