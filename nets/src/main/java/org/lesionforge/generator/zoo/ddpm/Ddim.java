package org.lesionforge.generator.zoo.ddpm;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;

/**
 * From noise to images in few steps, without new noise on the way (Song et al. 2021, arXiv 2010.02502, equation 12 with σ = 0): each step tells
 * image and noise apart, and mixes both again as an earlier time of the schedule has them. The images follow from the noise alone.
 *
 * <p>The times are the middles of {@code steps} equal parts of the schedule. Its very end, where nothing is left of the image and a prediction of
 * it is its error divided by almost 0, is so left out when steps are few.
 *
 * @param schedule that the denoiser was trained with
 * @param steps 1 to {@link NoiseSchedule#STEPS}
 */
record Ddim(NoiseSchedule schedule, int steps) {
    /** Tells what part of a noisy image is noise. */
    @FunctionalInterface
    interface Denoiser {
        /**
         * The noise ε in images.
         *
         * @param images √ᾱ x + √(1 − ᾱ) ε, all of one time
         * @param time of the schedule
         * @return of the images' shape
         */
        Tensor noise(Tensor images, int time);
    }

    /** The time of a step, the last one first. */
    int time(int step) {
        return (int) ((2L * step + 1) * NoiseSchedule.STEPS / (2L * steps));
    }

    /**
     * Draws.
     *
     * @param noise from N(0, 1)
     * @return images in [−1, 1], of its shape
     */
    Tensor draw(Tensor noise, Denoiser denoiser) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor x = noise;
            for (int step = steps - 1; step >= 0; step--) {
                Tensor before = x;
                x = back(before, step, denoiser);
                if (step < steps - 1) {
                    before.close();
                }
            }
            return scope.keep(x);
        }
    }

    private Tensor back(Tensor x, int step, Denoiser denoiser) {
        double kept = schedule.kept(time(step));
        double next = step == 0 ? 1 : schedule.kept(time(step - 1));
        try (Scope scope = new Scope()) {
            Tensor noise = denoiser.noise(x, time(step));
            Tensor image = x.sub(noise, new Scalar(Math.sqrt(1 - kept)))
                    .mul_(new Scalar(1 / Math.sqrt(kept)))
                    .clamp_(new ScalarOptional(new Scalar(-1.0)), new ScalarOptional(new Scalar(1.0)));
            // What is noise beside the image as it is after it was kept within its range.
            Tensor rest = x.sub(image, new Scalar(Math.sqrt(kept))).mul_(new Scalar(1 / Math.sqrt(1 - kept)));
            return scope.keep(image.mul_(new Scalar(Math.sqrt(next))).add_(rest, new Scalar(Math.sqrt(1 - next))));
        }
    }
}
