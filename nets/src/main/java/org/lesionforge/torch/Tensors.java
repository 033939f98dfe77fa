package org.lesionforge.torch;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.MissingRequirementException;

/** Arrays to tensors and back. Every tensor made here owns its memory. */
public final class Tensors {
    private Tensors() {}

    /**
     * Memory on the CPU, not yet written to.
     *
     * @param type of each number
     * @param shape whose product is how many numbers there are
     * @return a tensor of arbitrary numbers
     * @throws MissingRequirementException when there is not so much
     */
    public static Tensor empty(ScalarType type, long... shape) {
        Torch.load();
        try {
            return torch.empty(shape, new TensorOptions(type), null);
        } catch (RuntimeException e) {
            throw new MissingRequirementException(
                    "there is no memory for a tensor of shape " + Arrays.toString(shape) + " and type " + type
                            + "; close other programs, or use a machine with more",
                    e);
        }
    }

    /**
     * A float32 tensor on the CPU.
     *
     * @param values in row-major order; copied
     * @param shape whose product is the number of values
     * @return a tensor of these values
     * @throws IllegalArgumentException when there are more or fewer values than the shape has
     */
    public static Tensor of(float[] values, long... shape) {
        requireLength(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Float), null);
        if (values.length > 0) {
            new FloatPointer(tensor.data_ptr()).put(values);
        }
        return tensor;
    }

    /**
     * An int64 tensor on the CPU: class labels, say.
     *
     * @param values in row-major order; copied
     * @param shape whose product is the number of values
     * @return a tensor of these values
     * @throws IllegalArgumentException when there are more or fewer values than the shape has
     */
    public static Tensor ofLongs(long[] values, long... shape) {
        requireLength(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Long), null);
        if (values.length > 0) {
            new LongPointer(tensor.data_ptr()).put(values);
        }
        return tensor;
    }

    /**
     * A uint8 tensor on the CPU.
     *
     * @param values in row-major order, each from 0 to 255 in two's complement; copied
     * @param shape whose product is the number of values
     * @return a tensor of these values
     * @throws IllegalArgumentException when there are more or fewer values than the shape has
     */
    public static Tensor ofBytes(byte[] values, long... shape) {
        requireLength(values.length, shape);
        Tensor tensor = torch.empty(shape, new TensorOptions(ScalarType.Byte), null);
        if (values.length > 0) {
            new BytePointer(tensor.data_ptr()).put(values);
        }
        return tensor;
    }

    /**
     * Images for a net: uint8 to float32 in [−1, 1], v / 127.5 − 1, in channels-last memory (what the bytes already are, and what convolutions are
     * fastest on).
     *
     * @param pixels {@code n × side × side × 3}, RGB
     * @param n images
     * @param side of each, in pixels
     * @param device where the tensor is to be
     * @return {@code n × 3 × side × side}
     * @throws IllegalArgumentException when there are more or fewer bytes than that
     */
    public static Tensor images(byte[] pixels, int n, int side, Device device) {
        return images(pixels, n, side, 3, device);
    }

    /**
     * As {@link #images(byte[], int, int, Device)}, of any number of channels.
     *
     * @param pixels {@code n × side × side × channels}
     * @param n images
     * @param side of each, in pixels
     * @param channels values per pixel
     * @param device where the tensor is to be
     * @return {@code n × channels × side × side}
     * @throws IllegalArgumentException when there are more or fewer bytes than that
     */
    public static Tensor images(byte[] pixels, int n, int side, int channels, Device device) {
        try (Scope scope = new Scope()) {
            return scope.keep(images(ofBytes(pixels, n, side, side, channels).to(device, ScalarType.Byte)));
        }
    }

    /**
     * As {@link #images(byte[], int, int, Device)}, of bytes that are on the device.
     *
     * @param pixels n × side × side × channels, uint8; left as they are
     * @return {@code n × channels × side × side}
     */
    public static Tensor images(Tensor pixels) {
        try (Scope scope = new Scope()) {
            Tensor floats = pixels.to(ScalarType.Float);
            return scope.keep(
                    floats.div_(new Scalar(127.5)).sub_(new Scalar(1.0)).permute(0, 3, 1, 2));
        }
    }

    /**
     * Reverses some images along one dimension, all at once on their device.
     *
     * @param images of any type, the first dimension counts them; left as they are
     * @param which of them
     * @param dimension that is reversed
     * @return a tensor of the same values, shape and memory layout; these where none is reversed
     */
    public static Tensor flipped(Tensor images, boolean[] which, int dimension) {
        byte[] chosen = new byte[which.length];
        int count = 0;
        for (int i = 0; i < which.length; i++) {
            chosen[i] = (byte) (which[i] ? 1 : 0);
            count += chosen[i];
        }
        if (count == 0) {
            return images;
        }
        long[] shape = new long[(int) images.dim()];
        Arrays.fill(shape, 1);
        shape[0] = which.length;
        try (Scope scope = new Scope()) {
            Tensor mask = ofBytes(chosen, shape).to(images.device(), ScalarType.Bool);
            return scope.keep(torch.where(mask, images.flip(dimension), images));
        }
    }

    /**
     * The reverse of {@link #images}.
     *
     * @param images {@code n × channels × height × width}, on any device
     * @return {@code n × height × width × channels}: (v + 1) · 127.5, rounded to the nearest integer, a half to the even one, and clamped to 0 … 255
     */
    public static byte[] pixels(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor bytes = images.detach()
                    .permute(0, 2, 3, 1)
                    .add(new Scalar(1.0))
                    .mul(new Scalar(127.5))
                    .round()
                    .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(255.0)))
                    .to(new Device("cpu"), ScalarType.Byte)
                    .contiguous();
            byte[] pixels = new byte[Math.toIntExact(bytes.numel())];
            new BytePointer(bytes.data_ptr()).get(pixels);
            return pixels;
        }
    }

    /**
     * The values of a tensor as float32.
     *
     * @param tensor of any type, device and memory layout
     * @return a copy in row-major order
     */
    public static float[] floats(Tensor tensor) {
        try (Scope scope = new Scope()) {
            Tensor plain =
                    tensor.detach().to(new Device("cpu"), ScalarType.Float).contiguous(MemoryFormat.Contiguous);
            float[] values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                new FloatPointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /**
     * The values of a tensor as int64.
     *
     * @param tensor of integers, on any device and in any memory layout
     * @return a copy in row-major order
     */
    public static long[] longs(Tensor tensor) {
        try (Scope scope = new Scope()) {
            Tensor plain =
                    tensor.detach().to(new Device("cpu"), ScalarType.Long).contiguous(MemoryFormat.Contiguous);
            long[] values = new long[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                new LongPointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /**
     * Sends values from the CPU without waiting for what the device computes.
     *
     * @param values in the memory of the CPU, which has been read when this returns
     * @param device to which they are sent
     * @param type of the result
     * @return the same values there; the same tensor where it is there already, of this type
     */
    public static Tensor send(Tensor values, Device device, ScalarType type) {
        return values.to(device, type, true, false, null);
    }

    /**
     * The one value of a tensor that has one; waits for the device.
     *
     * @param tensor of one value
     * @return that value
     */
    public static double item(Tensor tensor) {
        return tensor.item_double();
    }

    /**
     * Extents by dimension.
     *
     * @param tensor of any shape
     * @return the extents; empty for a scalar
     */
    public static long[] shape(Tensor tensor) {
        return tensor.shape();
    }

    private static void requireLength(int length, long... shape) {
        long expected = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (length != expected) {
            throw new IllegalArgumentException(
                    "expected " + expected + " values for shape " + Arrays.toString(shape) + ", got " + length);
        }
    }
}
