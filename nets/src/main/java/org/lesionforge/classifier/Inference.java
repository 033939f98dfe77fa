package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Sends images through a net in batches, without gradients; memory does not depend on how many there are. */
final class Inference {
    private final Normalisation normalisation;
    private final Device device;
    private final Progress progress;

    Inference(Normalisation normalisation, Device device, Progress progress) {
        this.normalisation = normalisation;
        this.device = device;
        this.progress = progress;
    }

    /**
     * @param task what {@link Progress} calls it
     * @param net from normalised images to n × d
     * @return n × d values, image by image
     */
    float[] run(String task, SquareImages images, int dimensions, UnaryOperator<Tensor> net) {
        float[] results = new float[Math.multiplyExact(images.size(), dimensions)];
        int imageBytes = images.imageBytes();
        int batch = Backbone.inferenceBatch(images.side(), device);
        byte[] pixels = new byte[Math.multiplyExact(imageBytes, Math.min(batch, images.size()))];
        for (int first = 0; first < images.size(); first += batch) {
            progress.cancellation().throwIfRequested(task, first, images.size());
            int count = Math.min(batch, images.size() - first);
            for (int i = 0; i < count; i++) {
                images.read(first + i, pixels, i * imageBytes);
            }
            byte[] used = count * imageBytes == pixels.length ? pixels : Arrays.copyOf(pixels, count * imageBytes);
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                float[] values = Tensors.floats(net.apply(input(used, count, images.side())));
                System.arraycopy(values, 0, results, first * dimensions, values.length);
            }
            progress.advance(task, first + count, images.size(), "");
        }
        return results;
    }

    /** What the net sees of {@code n × side × side × 3} bytes: n × 3 × side × side in channels-last memory. */
    Tensor input(byte[] pixels, int n, int side) {
        try (Scope scope = new Scope()) {
            Tensor bytes = Tensors.ofBytes(pixels, n, side, side, 3).to(device, ScalarType.Float);
            return scope.keep(normalisation.normalise(bytes.permute(0, 3, 1, 2)));
        }
    }
}
