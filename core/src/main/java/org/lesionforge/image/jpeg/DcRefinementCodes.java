package org.lesionforge.image.jpeg;

/** A refinement scan of DC coefficients (ITU T.81, G.1.2.1): one bit per block, without codes. */
final class DcRefinementCodes implements BlockCodes {
    private final int blocks;

    /** @param blocks of a unit, 1…10 */
    DcRefinementCodes(int blocks) {
        this.blocks = blocks;
    }

    @Override
    public void walk(JpegBits bits, int unit) {
        bits.refill();
        bits.skip(blocks);
    }

    @Override
    public void endInterval() {}
}
