package org.lesionforge.image;

import java.util.List;
import java.util.stream.IntStream;

/** Many images on one sheet, row by row. Every cell is as large as the largest image; smaller images are centred. */
public final class ContactSheet {
    private static final int WHITE = 0xFFFFFF;

    private ContactSheet() {}

    /**
     * {@return the images at their own size on white}
     *
     * @param images at least one, in the order of rows
     * @param columns images beside each other, at least 1; a sheet with fewer images is as narrow as they allow
     * @param gap pixels between the images and around them, at least 0
     * @throws IllegalArgumentException when there is no image or a number is out of its range
     */
    public static RgbImage of(List<RgbImage> images, int columns, int gap) {
        return of(images, columns, gap, WHITE, 1);
    }

    /**
     * Pairs of images, the two of a pair close together.
     *
     * @param left one of each pair, at least one
     * @param right as many, in the same order
     * @param perRow pairs beside each other, at least 1
     * @return the pairs at their own size on white, row by row
     * @throws IllegalArgumentException when there is no pair, or an image without another
     */
    public static RgbImage ofPairs(List<RgbImage> left, List<RgbImage> right, int perRow) {
        if (left.size() != right.size()) {
            throw new IllegalArgumentException(
                    "pairs need as many images left as right, got " + left.size() + " and " + right.size());
        }
        return of(
                IntStream.range(0, left.size())
                        .mapToObj(i -> of(List.of(left.get(i), right.get(i)), 2, 1))
                        .toList(),
                perRow,
                8);
    }

    /**
     * On any background, enlarged.
     *
     * @param images at least one, in the order of rows
     * @param columns images beside each other, at least 1; a sheet with fewer images is as narrow as they allow
     * @param gap pixels between the images and around them, not scaled
     * @param background colour as {@code 0xRRGGBB}
     * @param scale each pixel becomes {@code scale × scale} equal ones, at least 1
     * @return the sheet, {@code gap} wide at its edges, all cells of one size
     * @throws IllegalArgumentException when there is no image or a number is out of its range
     */
    public static RgbImage of(List<RgbImage> images, int columns, int gap, int background, int scale) {
        if (images.isEmpty() || columns < 1 || gap < 0 || scale < 1) {
            throw new IllegalArgumentException(
                    "a contact sheet needs at least one image, one column, no negative gap and a scale of at least 1, got "
                            + images.size() + " images, " + columns + " columns, gap " + gap + ", scale " + scale);
        }
        int usedColumns = Math.min(columns, images.size());
        int rows = (images.size() + usedColumns - 1) / usedColumns;
        int cellWidth = scale * images.stream().mapToInt(RgbImage::width).max().getAsInt();
        int cellHeight =
                scale * images.stream().mapToInt(RgbImage::height).max().getAsInt();
        int width = gap + usedColumns * (cellWidth + gap);
        int height = gap + rows * (cellHeight + gap);
        byte[] sheet = new byte[3 * width * height];
        fill(sheet, background);
        for (int i = 0; i < images.size(); i++) {
            RgbImage image = images.get(i);
            int x = gap + (i % usedColumns) * (cellWidth + gap) + (cellWidth - scale * image.width()) / 2;
            int y = gap + (i / usedColumns) * (cellHeight + gap) + (cellHeight - scale * image.height()) / 2;
            paste(image, scale, sheet, width, x, y);
        }
        return RgbImage.wrap(width, height, sheet);
    }

    private static void fill(byte[] sheet, int background) {
        for (int i = 0; i < sheet.length; i += 3) {
            sheet[i] = (byte) (background >> 16);
            sheet[i + 1] = (byte) (background >> 8);
            sheet[i + 2] = (byte) background;
        }
    }

    private static void paste(RgbImage image, int scale, byte[] sheet, int sheetWidth, int left, int top) {
        for (int y = 0; y < image.height() * scale; y++) {
            for (int x = 0; x < image.width() * scale; x++) {
                int from = (y / scale * image.width() + x / scale) * 3;
                System.arraycopy(image.pixels(), from, sheet, ((top + y) * sheetWidth + left + x) * 3, 3);
            }
        }
    }
}
