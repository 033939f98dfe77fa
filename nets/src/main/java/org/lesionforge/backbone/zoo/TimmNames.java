package org.lesionforge.backbone.zoo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionforge.backbone.Naming;

/**
 * Names of timm's files of networks of inverted residuals, stage by stage, where torchvision's number the blocks or the parts of a block. timm
 * calls these by what they do: {@code conv_dw} is the depthwise convolution, {@code conv_pwl} the last, linear one.
 */
final class TimmNames {
    private final Map<String, String> layers = new LinkedHashMap<>();

    /**
     * @param first layer before the blocks, a convolution and its batch normalisation
     * @param last layer behind them, likewise
     * @param head the linear layer
     */
    TimmNames(String first, String last, String head) {
        layers.put("conv_stem", first + ".0");
        layers.put("bn1", first + ".1");
        layers.put("conv_head", last + ".0");
        layers.put("bn2", last + ".1");
        layers.put("classifier", head);
    }

    /**
     * @param stage from 0
     * @param block of the stage, from 0
     * @param ours what the names of the block's parts begin with
     * @param parts by timm's names
     */
    void block(int stage, int block, String ours, Map<String, String> parts) {
        parts.forEach((theirs, part) -> layers.put("blocks." + stage + "." + block + "." + theirs, ours + part));
    }

    Naming naming() {
        return new Naming("timm's", layers);
    }
}
