package org.lesionforge.backbone.inception;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/**
 * An Inception block: several branches read the same input, their channels are put one after the other.
 *
 * <p>The five kinds, their widths and their names are those of Szegedy et al. 2015 (arXiv 1512.00567) as torchvision's
 * {@code models/inception.py} spells them.
 */
final class Mixed extends Module implements Layer {
    private static final long[] ONE = {1, 1};
    private static final long[] THREE = {3, 3};
    private static final long[] FIVE = {5, 5};
    private static final long[] ROW = {1, 7};
    private static final long[] COLUMN = {7, 1};
    private static final long[] SHORT_ROW = {1, 3};
    private static final long[] SHORT_COLUMN = {3, 1};

    private final List<Layer> branches = new ArrayList<>();
    private final Layer block = Layer.concatenation(branches);

    /** 35×35: Mixed_5b, 5c, 5d; gives 224 + {@code poolFeatures} channels. */
    static Mixed a(long in, long poolFeatures, Pooling pooling) {
        Mixed m = new Mixed();
        m.branch(m.conv("branch1x1", in, 64, ONE));
        m.branch(m.conv("branch5x5_1", in, 48, ONE), m.conv("branch5x5_2", 48, 64, FIVE));
        m.branch(
                m.conv("branch3x3dbl_1", in, 64, ONE),
                m.conv("branch3x3dbl_2", 64, 96, THREE),
                m.conv("branch3x3dbl_3", 96, 96, THREE));
        m.branch(m.conv("branch_pool", in, poolFeatures, ONE).onAverages(Layer.averagePool(pooling.countsPadding())));
        return m;
    }

    /** 35×35 to 17×17: Mixed_6a; gives {@code in} + 480 channels. */
    static Mixed b(long in) {
        Mixed m = new Mixed();
        m.branch(m.halving("branch3x3", in, 384));
        m.branch(
                m.conv("branch3x3dbl_1", in, 64, ONE),
                m.conv("branch3x3dbl_2", 64, 96, THREE),
                m.halving("branch3x3dbl_3", 96, 96));
        m.branch(Layer.maxPool(2, 0));
        return m;
    }

    /** 17×17: Mixed_6b to 6e, with {@code c7} channels inside; gives 768. */
    static Mixed c(long in, long c7, Pooling pooling) {
        Mixed m = new Mixed();
        m.branch(m.conv("branch1x1", in, 192, ONE));
        m.branch(
                m.conv("branch7x7_1", in, c7, ONE),
                m.conv("branch7x7_2", c7, c7, ROW),
                m.conv("branch7x7_3", c7, 192, COLUMN));
        m.branch(
                m.conv("branch7x7dbl_1", in, c7, ONE),
                m.conv("branch7x7dbl_2", c7, c7, COLUMN),
                m.conv("branch7x7dbl_3", c7, c7, ROW),
                m.conv("branch7x7dbl_4", c7, c7, COLUMN),
                m.conv("branch7x7dbl_5", c7, 192, ROW));
        m.branch(m.conv("branch_pool", in, 192, ONE).onAverages(Layer.averagePool(pooling.countsPadding())));
        return m;
    }

    /** 17×17 to 8×8: Mixed_7a; gives {@code in} + 512 channels. */
    static Mixed d(long in) {
        Mixed m = new Mixed();
        m.branch(m.conv("branch3x3_1", in, 192, ONE), m.halving("branch3x3_2", 192, 320));
        m.branch(
                m.conv("branch7x7x3_1", in, 192, ONE),
                m.conv("branch7x7x3_2", 192, 192, ROW),
                m.conv("branch7x7x3_3", 192, 192, COLUMN),
                m.halving("branch7x7x3_4", 192, 192));
        m.branch(Layer.maxPool(2, 0));
        return m;
    }

    /** 8×8: Mixed_7b and 7c; gives 2048 channels. Its last branch pools averages, or maxima. */
    static Mixed e(long in, Pooling pooling, boolean maxima) {
        Mixed m = new Mixed();
        m.branch(m.conv("branch1x1", in, 320, ONE));
        m.branch(
                m.conv("branch3x3_1", in, 384, ONE),
                Layer.concatenation(List.of(
                        m.conv("branch3x3_2a", 384, 384, SHORT_ROW), m.conv("branch3x3_2b", 384, 384, SHORT_COLUMN))));
        m.branch(
                m.conv("branch3x3dbl_1", in, 448, ONE),
                m.conv("branch3x3dbl_2", 448, 384, THREE),
                Layer.concatenation(List.of(
                        m.conv("branch3x3dbl_3a", 384, 384, SHORT_ROW),
                        m.conv("branch3x3dbl_3b", 384, 384, SHORT_COLUMN))));
        BasicConv2d last = m.conv("branch_pool", in, 192, ONE);
        if (maxima) {
            m.branch(Layer.maxPool(1, 1), last);
        } else {
            m.branch(last.onAverages(Layer.averagePool(pooling.countsPadding())));
        }
        return m;
    }

    private final List<BasicConv2d> convolutions = new ArrayList<>();

    private Mixed() {}

    @Override
    public Tensor forward(Tensor x) {
        return block.forward(x);
    }

    @Override
    public Extent extent(Extent x) {
        return block.extent(x);
    }

    List<BasicConv2d> convolutions() {
        return convolutions;
    }

    private void branch(Layer... layers) {
        branches.add(Layer.chain(List.of(layers)));
    }

    /** Keeps height and width. */
    private BasicConv2d conv(String name, long in, long out, long[] kernel) {
        return add(name, new BasicConv2d(in, out, kernel, 1, new long[] {kernel[0] / 2, kernel[1] / 2}));
    }

    /** 3×3, stride 2, no padding: side s becomes ⌊(s − 1) / 2⌋. */
    private BasicConv2d halving(String name, long in, long out) {
        return add(name, new BasicConv2d(in, out, THREE, 2, new long[] {0, 0}));
    }

    private BasicConv2d add(String name, BasicConv2d convolution) {
        convolutions.add(register_module(name, convolution));
        return convolution;
    }
}
