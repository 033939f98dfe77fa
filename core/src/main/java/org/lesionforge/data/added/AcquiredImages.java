package org.lesionforge.data.added;

import java.util.OptionalInt;
import org.lesionforge.data.AddedImages;
import org.lesionforge.image.RgbImage;

/** Images that went through what the photographs of a data set did ({@link Acquisition}), whenever they are read. */
public final class AcquiredImages extends ForwardingImages {
    private final Acquisition acquisition;
    private final OptionalInt own;
    private final OptionalInt detour;

    /**
     * Takes images through an acquisition.
     *
     * @param images from elsewhere
     * @param acquisition of the data set that they are added to
     * @param own the side that all of them have; empty where they can be read at any
     * @param detour a side that the real images beside them went through, too; empty for none
     */
    public AcquiredImages(AddedImages images, Acquisition acquisition, OptionalInt own, OptionalInt detour) {
        super(images);
        this.acquisition = acquisition;
        this.own = own;
        this.detour = detour;
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        int first = own.orElseGet(() -> acquisition.fileSide(id(i), side));
        byte[] pixels = new byte[3 * first * first];
        super.read(i, first, pixels, 0);
        RgbImage taken = acquisition.apply(RgbImage.wrap(first, first, pixels), id(i), side, detour);
        System.arraycopy(taken.pixels(), 0, target, offset, 3 * side * side);
    }
}
