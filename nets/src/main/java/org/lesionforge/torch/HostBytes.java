package org.lesionforge.torch;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Bytes in the machine's memory that go to a device: pinned, where that is a card, which then copies them while it computes. */
public final class HostBytes {
    private HostBytes() {}

    /**
     * Memory that is not yet written to.
     *
     * @param device where the bytes will be needed
     * @param shape whose product is how many there are
     * @return a uint8 tensor on the CPU that no scope owns, to be closed
     */
    public static Tensor empty(Device device, long... shape) {
        try (Scope scope = new Scope()) {
            TensorOptions options = new TensorOptions(ScalarType.Byte);
            if (device.is_cuda()) {
                options = options.pinned_memory(new BoolOptional(true));
            }
            return Scope.own(torch.empty(shape, options, null));
        }
    }

    /**
     * Writes bytes.
     *
     * @param target as {@link #empty} makes it
     * @param offset of the first byte
     * @param bytes that fit behind it
     */
    public static void put(Tensor target, long offset, byte[] bytes) {
        try (Scope scope = new Scope()) {
            new BytePointer(target.data_ptr()).position(offset).put(bytes);
        }
    }

    /**
     * {@return these bytes on a device; on the CPU this memory itself} Does not wait for a card: its allocator keeps pinned memory until it is copied.
     *
     * @param bytes as {@link #empty} makes them
     * @param device where they are needed
     */
    public static Tensor on(Tensor bytes, Device device) {
        return bytes.to(device, ScalarType.Byte, device.is_cuda(), false, null);
    }
}
