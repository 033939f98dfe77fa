package org.lesionforge.image.jpeg;

/** The coding of the blocks of one scan: reads the codes unit by unit. */
interface BlockCodes {
    /** The symbol of sixteen zeros (T.81, F.1.2.2.1); any other of category 0 ends a block or band. */
    int ZERO_RUN = 0xF0;

    /** @param unit from 0, over the whole scan */
    void walk(JpegBits bits, int unit) throws JpegCodeException;

    /** Ends a restart interval, or the scan. */
    void endInterval() throws JpegCodeException;
}
