package org.lesionforge.generator.adversarial.net;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * What a projection discriminator (Miyato and Koyama 2018, arXiv 1802.05637, equation 3) adds to the logit of an image for its class: ⟨embed(y), h⟩,
 * where h are the features after the last activation, summed over all places. The rest of the logit, ψ(φ(x)) there, knows no class.
 */
public final class Projection {
    /** The layer in a net. */
    static final String NAME = "embedding";

    private final EmbeddingImpl embedding;
    private final Optional<SpectralNorm> spectral;

    private Projection(EmbeddingImpl embedding, Optional<SpectralNorm> spectral) {
        this.embedding = embedding;
        this.spectral = spectral;
    }

    /**
     * Gives a discriminator the layer {@code embedding}, after Glorot and Bengio 2010: uniform in ±√(6 / (classes + channels)).
     *
     * @param owner the discriminator; its other weights may be drawn already
     * @param channels of the features
     * @param classes that are told apart
     * @param isSpectral whether the embedding has spectral norm, as the other layers
     * @param seed of the embedding
     * @return the layer
     */
    public static Projection register(Module owner, int channels, int classes, boolean isSpectral, Seed seed) {
        EmbeddingImpl embedding = owner.register_module(NAME, Layers.embedding(classes, channels));
        draw(embedding, channels, classes, seed.random());
        return new Projection(
                embedding,
                isSpectral
                        ? Optional.of(SpectralNorm.register(embedding, embedding.weight(), seed.of("spectral norm")))
                        : Optional.empty());
    }

    private static void draw(EmbeddingImpl embedding, int channels, int classes, SplittableRandom random) {
        double limit = Math.sqrt(6.0 / (classes + channels));
        float[] values = new float[classes * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-limit, limit);
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            embedding.weight().copy_(Tensors.of(values, classes, channels));
        }
    }

    /**
     * The part of the logits that knows the class.
     *
     * @param features n × channels × height × width, after the last activation
     * @param labels n class indices
     * @param update whether the vectors of spectral norm take a step first
     * @return n × 1
     */
    public Tensor of(Tensor features, Tensor labels, boolean update) {
        Tensor weight = spectral.isPresent() ? spectral.get().weight(update) : embedding.weight();
        Tensor h = features.sum(2, 3);
        return torch.embedding(weight, labels).mul(h).sum(1).unsqueeze(1);
    }

    /** {@return how many numbers it learns} */
    public long parameters() {
        return StateDict.parameterCount(embedding);
    }
}
