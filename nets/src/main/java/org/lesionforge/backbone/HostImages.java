package org.lesionforge.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.image.Images;
import org.lesionforge.torch.HostBytes;

/**
 * Some images of any sizes in the machine's memory, on their way to a device.
 *
 * @param equalSizes n × height × width × 3 each, uint8: neighbours of one size together
 */
record HostImages(List<Tensor> equalSizes) implements AutoCloseable {
    /** Pixels that are resized together, as floats: 8 images of 299×299 are fewer, photographs are taken one or two at a time. */
    private static final int MOST_PIXELS = 4_000_000;

    static HostImages read(Images images, int first, int count, Device device) {
        List<Tensor> equalSizes = new ArrayList<>();
        try {
            for (int start = first; start < first + count; ) {
                int end = endOfEqualSizes(images, start, first + count);
                equalSizes.add(read(images, start, end - start, images.width(start), images.height(start), device));
                start = end;
            }
        } catch (RuntimeException e) {
            equalSizes.forEach(Tensor::close);
            throw e;
        }
        return new HostImages(equalSizes);
    }

    private static int endOfEqualSizes(Images images, int start, int limit) {
        int width = images.width(start);
        int height = images.height(start);
        int end = start + 1;
        while (end < limit
                && images.width(end) == width
                && images.height(end) == height
                && (long) width * height * (end + 1 - start) <= MOST_PIXELS) {
            end++;
        }
        return end;
    }

    private static Tensor read(Images images, int first, int count, int width, int height, Device device) {
        int length = 3 * width * height;
        byte[] pixels = new byte[Math.multiplyExact(count, length)];
        // Files are decoded as they are read: on every core, not one.
        IntStream.range(0, count).parallel().forEach(i -> images.read(first + i, pixels, i * length));
        Tensor bytes = HostBytes.empty(device, count, height, width, 3);
        HostBytes.put(bytes, 0, pixels);
        return bytes;
    }

    @Override
    public void close() {
        equalSizes.forEach(Tensor::close);
    }
}
