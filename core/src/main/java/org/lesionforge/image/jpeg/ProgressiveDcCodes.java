package org.lesionforge.image.jpeg;

/** The first scan of DC coefficients in progressive frames (ITU T.81, G.1.2.1). */
final class ProgressiveDcCodes implements BlockCodes {
    private final DcPrediction prediction;
    private final int[] components;

    /** @param components by block of a unit: the place of its component in the scan */
    ProgressiveDcCodes(int[] components, DcPrediction prediction) {
        this.components = components;
        this.prediction = prediction;
    }

    @Override
    public void walk(JpegBits bits, int unit) throws JpegCodeException {
        for (int component : components) {
            bits.refill();
            prediction.walk(bits, component);
        }
    }

    @Override
    public void endInterval() {
        prediction.reset();
    }
}
