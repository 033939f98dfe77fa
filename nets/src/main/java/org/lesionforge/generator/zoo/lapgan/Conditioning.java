package org.lesionforge.generator.zoo.lapgan;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.adversarial.GeneratorInputs;
import org.lesionforge.generator.adversarial.Latents;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * What a finer level's generator sees while it is trained: a plane of noise, and the coarse image of a real one, doubled. When images are drawn it sees
 * generated coarse images in their place; noise of a random strength on the real ones prepares for these.
 *
 * @param pyramid how images are halved and doubled
 * @param latents of the plane
 * @param noise most standard deviation of what is added to a coarse image, in a range from −1 to 1; each image's is drawn between 0 and this
 * @param compute where the images are
 */
record Conditioning(Pyramid pyramid, Latents latents, double noise, Compute compute) implements GeneratorInputs {
    @Override
    public Tensor of(Tensor real, Seed random) {
        try (Scope scope = new Scope()) {
            long n = real.size(0);
            long side = real.size(2);
            Tensor plane = latents.batch(random, (int) n, compute).view(n, 1, side, side);
            Tensor coarse = pyramid.down(real);
            Tensor seen = noise > 0 ? coarse.add(disturbance(coarse, random.of("conditioning"))) : coarse;
            return scope.keep(torch.cat(new TensorVector(plane, pyramid.up(seen)), 1));
        }
    }

    private Tensor disturbance(Tensor coarse, Seed random) {
        float[] strengths = new float[(int) coarse.size(0)];
        SplittableRandom drawn = random.of("strength").random();
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] = (float) (noise * drawn.nextDouble());
        }
        // On the CPU, whatever the device: the same numbers everywhere.
        return torch.empty(Tensors.shape(coarse))
                .normal_(0, 1, new GeneratorOptional(Torch.generator(random)))
                .mul(Tensors.of(strengths, strengths.length, 1, 1, 1))
                .to(coarse.device(), coarse.scalar_type());
    }
}
