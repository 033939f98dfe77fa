package org.lesionforge.classifier.recipe;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.Range;

/**
 * How images are altered at random before a network sees them. 0 turns each off.
 *
 * @param flips whether each image is mirrored, turned upside down, both or neither
 * @param rotation largest angle in degrees by which an image is turned to either side, 0 to 180
 * @param crop smallest share of an image's area that is scaled to the whole of it, with an aspect of 3/4 to 4/3; 0 or 1 for the whole image
 * @param shear largest angle in degrees by which an image is slanted to either side, 0 to 60
 * @param colour range of the factors of brightness, contrast and saturation, 0 to 1: 0.3 is 0.7 to 1.3, with shifts of the channels of up to 0.03
 */
public record Transforms(boolean flips, double rotation, double crop, double shear, double colour) {
    /** Every image as it is. */
    public static final Transforms NONE = new Transforms(false, 0, 0, 0, 0);

    // Dimensions of n × rows × columns × 3.
    private static final int ROWS = 1;
    private static final int COLUMNS = 2;

    /**
     * Refuses what images cannot be altered by.
     *
     * @param flips any
     * @param rotation 0 to 180 degrees
     * @param crop 0 to 1
     * @param shear 0 to 60 degrees
     * @param colour 0 to 1
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public Transforms {
        Range.require(rotation >= 0 && rotation <= 180, "the classifier's rotation", "0 to 180 degrees", rotation);
        Range.require(
                crop >= 0 && crop <= 1, "the classifier's crop", "0 for none, or a share of the area up to 1", crop);
        Range.require(shear >= 0 && shear <= 60, "the classifier's shear", "0 to 60 degrees", shear);
        Range.require(colour >= 0 && colour <= 1, "the classifier's colour", "0 to 1", colour);
    }

    /**
     * A network's input: the images, each altered by draws of its own, all at once on their device.
     *
     * <p>Flips and turns alone keep the arithmetic of version 0.1, whose runs come out the same to the byte: bytes change their places, and what is turned
     * is what the network takes. With any of the others, all that moves pixels is one affine map, done in one go on the device, before the colours.
     *
     * @param pixels n × side × side × 3, uint8, RGB, on the device where the input is to be; left as they are
     * @param seeds one per image, from which its draws follow and nothing else: which other images are with it makes no difference
     * @param normalise from values of 0 to 255 to what the network takes, value by value
     * @return n × 3 × side × side, in channels-last memory
     */
    public Tensor apply(Tensor pixels, List<Seed> seeds, UnaryOperator<Tensor> normalise) {
        List<ImageChange> changes = seeds.stream().map(this::draw).toList();
        try (Scope scope = new Scope()) {
            if (!crops() && shear == 0 && colour == 0) {
                Tensor input = normalise.apply(values(flipped(pixels, changes)));
                List<AffineMap> turns = changes.stream()
                        .map(change -> AffineMap.rotation(change.degrees()))
                        .toList();
                return scope.keep(rotation > 0 ? AffineMap.apply(input, turns) : input);
            }
            Tensor values = values(pixels);
            Tensor moved = AffineMap.apply(
                    values, changes.stream().map(ImageChange::map).toList());
            List<ColourChange> colours =
                    changes.stream().map(ImageChange::colour).toList();
            return scope.keep(normalise.apply(colour > 0 ? ColourChange.apply(moved, colours) : moved));
        }
    }

    /** Each kind of draw has a stream of its own, but for the two that 0.1 had: turning one off leaves the others as they are. */
    ImageChange draw(Seed seed) {
        SplittableRandom random = seed.random();
        Symmetry symmetry = flips ? Symmetry.of(random.nextInt(4)) : Symmetry.IDENTITY;
        double degrees = rotation * (2 * random.nextDouble() - 1);
        return new ImageChange(
                symmetry,
                degrees,
                shear * (2 * seed.of("shear").random().nextDouble() - 1),
                crops() ? CropBox.draw(crop, seed.of("crop").random()) : CropBox.WHOLE,
                colour > 0 ? ColourChange.draw(colour, seed.of("colour").random()) : ColourChange.NONE);
    }

    private boolean crops() {
        return crop > 0 && crop < 1;
    }

    private static Tensor flipped(Tensor pixels, List<ImageChange> changes) {
        boolean[] mirrored = new boolean[changes.size()];
        boolean[] upsideDown = new boolean[changes.size()];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = changes.get(i).flips().mirrored();
            upsideDown[i] = changes.get(i).flips().upsideDown();
        }
        return Tensors.flipped(Tensors.flipped(pixels, mirrored, COLUMNS), upsideDown, ROWS);
    }

    private static Tensor values(Tensor pixels) {
        return pixels.to(ScalarType.Float).permute(0, 3, 1, 2);
    }
}
