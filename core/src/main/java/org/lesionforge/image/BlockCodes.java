package org.lesionforge.image;

/** How the blocks of one scan are coded: walks through the codes of one unit after the other. */
interface BlockCodes {
    /** @param unit from 0, over the whole scan */
    void walk(JpegBits bits, int unit) throws JpegCodeException;

    /** Ends a restart interval, or the scan. */
    void endInterval() throws JpegCodeException;
}
