package org.lesionforge.classifier.probe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.FeatureLayer;

/**
 * How a last layer is fitted alone.
 *
 * @param fit {@value #LOGISTIC}: logistic regression on standardised features, L2 by cross-validation, until it has converged
 * @param layer behind which the features are taken, and the classifier's network ends
 */
public record ProbeOptions(String fit, Layer layer) {
    private static final String LOGISTIC = "logistic";

    /** To features of the network's middle. */
    public static final ProbeOptions MIDDLE = behind(Layer.MIDDLE);

    /** To what the network's own last layer sees. */
    public static final ProbeOptions LAST = behind(Layer.LAST);

    /** A place in a network, whichever it is. */
    public enum Layer {
        /** {@link Architecture#middle}. */
        MIDDLE,
        /** {@link Architecture#deepest}. */
        LAST;

        /** {@return the name in options and files: {@code middle}, {@code last}} */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Refuses what this version does not know.
     *
     * @param fit {@value #LOGISTIC}
     * @param layer any
     * @throws IllegalArgumentException when it is fitted otherwise
     */
    public ProbeOptions {
        if (!fit.equals(LOGISTIC)) {
            throw new IllegalArgumentException("a last layer is fitted by '" + LOGISTIC + "', got '" + fit + "'");
        }
    }

    /**
     * {@return the only way to fit, to features of a depth}
     *
     * @param layer any
     */
    public static ProbeOptions behind(Layer layer) {
        return new ProbeOptions(LOGISTIC, layer);
    }

    /**
     * Behind which layer of a network the last one is.
     *
     * @param probe how that one is fitted; null where the network is trained whole, and of earlier versions
     * @param architecture of the network
     * @return the architecture's last feature layer, or its middle
     */
    public static FeatureLayer end(@Nullable ProbeOptions probe, Architecture architecture) {
        return probe != null && probe.layer == Layer.MIDDLE ? architecture.middle() : architecture.deepest();
    }
}
