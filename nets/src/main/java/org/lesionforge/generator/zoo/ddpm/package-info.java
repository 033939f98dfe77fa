/**
 * Denoising diffusion: a network learns to tell the noise in a noisy image, and images are drawn by taking the noise out of pure noise step by
 * step. No discriminator, and no latent vector but the noise.
 *
 * <p>Not here: what is known of its snapshots, and files.
 */
@NullMarked
package org.lesionforge.generator.zoo.ddpm;

import org.jspecify.annotations.NullMarked;
