package org.lesionforge.bench.fuzz.mutation;

import java.util.List;
import java.util.SplittableRandom;

/** Numbers at and beyond the limits of types. */
final class HostileNumbers {
    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        0x7FFFFFFFL,
        0x80000000L,
        0xFFFFFFFFL,
        0x100000000L,
        0x3FFFFFFFFFFFFFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final List<String> TEXTS = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "1e999",
            "-1e999",
            "1e-400",
            "0.5",
            "-0.0",
            "1e3",
            "9223372036854775808",
            "123456789012345678901234567890",
            "0x10",
            "007",
            "1_000",
            "1,5");

    private HostileNumbers() {}

    static long integer(SplittableRandom random) {
        return INTEGERS[random.nextInt(INTEGERS.length)];
    }

    static String text(SplittableRandom random) {
        return random.nextBoolean() ? Long.toString(integer(random)) : TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
