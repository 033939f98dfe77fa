package org.lesionforge.backbone.inception;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Counts;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Footprint;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightNames;

/** What there is to know of Inception V3 (Szegedy et al. 2015, arXiv 1512.00567). Loads nothing native. */
public final class InceptionArchitecture {
    /** After the first max pool. */
    public static final FeatureLayer POOL_1 = new FeatureLayer("MaxPool_1", 64, "Conv2d_2b_3x3.conv.weight");

    /** After the second max pool. */
    public static final FeatureLayer POOL_2 = new FeatureLayer("MaxPool_2", 192, "Conv2d_4a_3x3.conv.weight");

    /** After Mixed_6c, in the midst of the blocks of 17×17 places at 299 pixels: {@link Architecture#middle}. */
    public static final FeatureLayer MIXED_6C = new FeatureLayer("Mixed_6c", 768, "Mixed_6c.branch_pool.conv.weight");

    /** After Mixed_6e, where the auxiliary head is. */
    public static final FeatureLayer MIXED_6E = new FeatureLayer("Mixed_6e", 768, "Mixed_6e.branch_pool.conv.weight");

    /** After Mixed_7c, the end: what the last layer and FID see. */
    public static final FeatureLayer MIXED_7C = new FeatureLayer("Mixed_7c", 2048, "Mixed_7c.branch_pool.conv.weight");

    /** The architecture: images of 299×299, at least 75×75; features of 64, 192, 768 or 2048 values. */
    public static final Architecture V3 = new Architecture(
            "inception-v3",
            "Inception V3",
            299,
            75,
            List.of(Normalisation.SIGNED_UNIT, Normalisation.CENTRED_128),
            List.of(POOL_1, POOL_2, MIXED_6E, MIXED_7C),
            MIXED_6C,
            List.of(Pooling.values()),
            new Footprint(new Counts(27_161_264, 5_713_216_096L), 110_000_000, 105_000_000),
            OptionalDouble.of(0.4),
            new WeightNames(
                    "Conv2d_1a_3x3.conv.weight",
                    List.of("fc", "AuxLogits"),
                    List.of("fc", "AuxLogits.fc"),
                    Pattern.compile("(Conv2d_\\w+|Mixed_\\w+|AuxLogits|fc)\\..*")),
            InceptionRecognition::of,
            // Not InceptionV3::new, which might load libtorch now.
            (options, seed) -> new InceptionV3(options, seed));

    private InceptionArchitecture() {}
}
