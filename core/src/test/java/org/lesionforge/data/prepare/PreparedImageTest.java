package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.TestImages;
import org.lesionforge.data.source.ImageContent;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;

class PreparedImageTest {
    private static final List<Integer> SIZES = List.of(4, 8);

    @TempDir
    Path folder;

    @Test
    void onlyExactDecodingMakesEverySizeOfThePicture() throws Exception {
        Path file = TestImages.write(folder.resolve("image.png"), 12, 10, 1);
        RgbImage picture = ImageDecoder.read(file);
        SourceImage source = new SourceImage(
                "image", new ImageContent.OfFile(file), "image.png", "a", "image", Optional.empty(), List.of());
        PreparedImage.Pixels[] exact =
                PreparedImage.of(source, SIZES, Fit.CROP, true).pixels();
        PreparedImage.Pixels[] usual =
                PreparedImage.of(source, SIZES, Fit.CROP, false).pixels();

        assertArrayEquals(Fit.CROP.apply(picture, 4).pixels(), exact[0].bytes());
        assertArrayEquals(Fit.CROP.apply(picture, 8).pixels(), exact[1].bytes());
        assertArrayEquals(
                Fit.CROP.apply(ReducedImage.whole(picture), SIZES).get(0).pixels(), usual[0].bytes());
        assertArrayEquals(exact[1].bytes(), usual[1].bytes(), "the largest is of the picture in any case");
        assertFalse(Arrays.equals(exact[0].bytes(), usual[0].bytes()), "the smaller is made of the larger");
    }
}
