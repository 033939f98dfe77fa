package org.lesionforge.feed;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.image.SquareImages;
import org.lesionforge.torch.HostBytes;

/**
 * Some images in the machine's memory, on their way to a device.
 *
 * @param images which ones, by index
 * @param bytes n × side × side × 3, uint8
 */
record HostBatch(int[] images, Tensor bytes) implements AutoCloseable {
    /** @param device where they will be needed */
    static HostBatch read(SquareImages all, int[] images, Device device) {
        Tensor bytes = HostBytes.empty(device, images.length, all.side(), all.side(), 3);
        try {
            byte[] image = new byte[all.imageBytes()];
            for (int i = 0; i < images.length; i++) {
                all.read(images[i], image, 0);
                HostBytes.put(bytes, (long) i * image.length, image);
            }
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
        return new HostBatch(images, bytes);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
