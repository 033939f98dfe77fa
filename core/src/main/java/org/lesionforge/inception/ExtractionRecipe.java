package org.lesionforge.inception;

/**
 * Everything that decides which number a distance comes out as, but the images themselves.
 *
 * @param network short name of the weights: {@code inception-2015-12-05}
 * @param fid whether these are the weights that FID is defined by
 * @param tap where the features are taken
 * @param resize how images reach 299×299
 * @param input how byte values are presented
 */
public record ExtractionRecipe(String network, boolean fid, Tap tap, Resize resize, InputConvention input) {
    /** {@code fid-768[inception-2015-12-05, resize=pytorch-fid]}; {@code fd-…} through any network but FID's own. */
    public String distanceName() {
        return (fid ? "fid-" : "fd-") + tap.dimensions() + "[" + network + ", resize=" + resize.label() + "]";
    }
}
