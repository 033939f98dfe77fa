package org.lesionforge.metric.fidelity;

/**
 * The keys of the measures of generated images, in {@code metrics.jsonl} of a GAN's run and in {@code metrics.json} of
 * a comparison. The key names the measure; the {@linkplain Metric#name name} includes the network.
 */
public final class MetricKeys {
    /** Fréchet distance to the training reals, or to the reals of a comparison. */
    public static final String FID = "fid";

    /** Fréchet distance to the training reals at the largest size of the data set. */
    public static final String FID_NATIVE = "fid_native";

    /** Fréchet distance between disjoint halves of the reals. */
    public static final String FID_FLOOR = "fid_floor";

    /** Fréchet distance over {@link #FID_FLOOR}, with equally many images. */
    public static final String FID_RATIO = "fid_ratio";

    /** Inception Score. */
    public static final String IS = "is";

    /** Kernel distance over the whole sets. */
    public static final String KID = "kid";

    /** Kernel distance, mean over subsets. */
    public static final String KID_SUBSETS = "kid_subsets";

    /** Kernel distance to validation reals, which snapshots are chosen by. */
    public static final String KID_VALIDATION = "kid_validation";

    /** Share of the fakes that lie among the reals. */
    public static final String PRECISION = "precision";

    /** Share of the reals that lie among the fakes. */
    public static final String RECALL = "recall";

    /** Density (Naeem et al. 2020). */
    public static final String DENSITY = "density";

    /** Coverage (Naeem et al. 2020). */
    public static final String COVERAGE = "coverage";

    /** Clipped density (Salvy et al. 2025). */
    public static final String CLIPPED_DENSITY = "clipped_density";

    /** Clipped coverage (Salvy et al. 2025). */
    public static final String CLIPPED_COVERAGE = "clipped_coverage";

    /** Area under the ROC curve of a small classifier that tells fakes from reals. */
    public static final String DETECTABILITY = "detectability";

    /** The same after both went through one resolution and one JPEG compression. */
    public static final String DETECTABILITY_MATCHED = "detectability_matched";

    /** The same of reals against reals. */
    public static final String DETECTABILITY_CONTROL = "detectability_control";

    /** Difference of the radial power spectra, in decibels. */
    public static final String SPECTRUM_GAP = "spectrum_gap";

    /** Sliced Wasserstein distance. */
    public static final String MIND = "mind";

    /** Squared maximum mean discrepancy with the Gaussian kernel. */
    public static final String MMD = "mmd";

    /** Its p-value by permutation. */
    public static final String MMD_P = "mmd_p";

    /** Mean distance between two fakes over that between two reals. */
    public static final String SPREAD = "spread";

    /** Share of the fakes that are nearer to a training image than that image is to any other. */
    public static final String COPIED = "copied";

    /** The same share for validation reals. */
    public static final String COPIED_VALIDATION = "copied_validation";

    /** Authenticity (Alaa et al. 2022). */
    public static final String AUTHENTICITY = "authenticity";

    /** Probability that a fake is farther from the training images than a held-out real. */
    public static final String MEMORISATION_AUC = "memorisation_auc";

    /** One-sided p of the rank test that fakes are nearer. */
    public static final String MEMORISATION_P = "memorisation_p";

    /** Two-sided p of the same test. */
    public static final String MEMORISATION_P_TWO_SIDED = "memorisation_p_two_sided";

    private MetricKeys() {}
}
