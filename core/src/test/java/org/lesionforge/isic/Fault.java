package org.lesionforge.isic;

/** What a {@link StandInArchive} does to its guests. */
public enum Fault {
    NONE,
    /** 429 with {@code Retry-After}, every now and then. */
    RATE_LIMIT,
    /** Three answers 500, 502, 503 in a row, every now and then. */
    BURSTS_OF_5XX,
    /** Bodies that come in small pieces with pauses between them. */
    SLOW_BODIES,
    /** The connection ends in the middle of the body. */
    BROKEN_OFF,
    /** The body stops in its middle, and the connection stays. */
    SILENT,
    /** At first, images are shorter, longer or damaged. */
    WRONG_SIZES,
    /** Every page comes twice before the next. */
    DUPLICATE_PAGES,
    /** 503 whatever is asked. */
    DOWN,
    /** Every hundredth image is not there. */
    SOME_GONE,
    /** The addresses of images are no longer valid: 403. */
    EXPIRED
}
