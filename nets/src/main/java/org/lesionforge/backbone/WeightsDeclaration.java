package org.lesionforge.backbone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/** What a safetensors file says of its weights in {@code __metadata__}, and how that is written. */
public final class WeightsDeclaration {
    private static final String NETWORK_KEY = "lesionforge.network";
    private static final String VARIANT_KEY = "lesionforge.pooling";
    private static final String INPUT_KEY = "lesionforge.input";

    private WeightsDeclaration() {}

    /**
     * {@return the entries of {@code __metadata__} that declare a network}
     *
     * @param network short name of the weights: letters, digits and {@code ._+-}, a letter or digit first
     * @param variant {@linkplain Variant#name name} of the one that they were trained with
     * @param input {@linkplain Normalisation#formula formula} that they were trained with
     */
    public static Map<String, String> metadata(String network, String variant, String input) {
        return Map.of(NETWORK_KEY, network, VARIANT_KEY, variant, INPUT_KEY, input);
    }

    /**
     * Reads what is declared.
     *
     * @param file for messages
     * @param metadata content of the file's {@code __metadata__}
     * @param architecture whose weights the file holds
     * @param reserved beginning of names that weights are known by through their values alone; empty where there are none such
     * @return empty when nothing is
     * @throws UnusableInputException when the network's name is malformed or reserved, or its variant or input is
     *     missing or unknown
     */
    public static Optional<WeightsIdentity> read(
            Path file, Map<String, String> metadata, Architecture architecture, Optional<String> reserved) {
        if (!metadata.containsKey(NETWORK_KEY)) {
            return Optional.empty();
        }
        try {
            String network = metadata.get(NETWORK_KEY);
            if (!network.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
                throw new IllegalArgumentException(
                        "a network's name has letters, digits and ._+- only, got " + Printable.excerpt(network));
            }
            if (reserved.filter(network::startsWith).isPresent()) {
                throw new IllegalArgumentException("it says " + network + ", but its values are not that network's");
            }
            return Optional.of(new WeightsIdentity(
                    network,
                    false,
                    architecture.variant(metadata.getOrDefault(VARIANT_KEY, "")),
                    architecture.input(metadata.getOrDefault(INPUT_KEY, ""))));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(
                    file + ": '" + NETWORK_KEY + "' in its __metadata__ must be true, with '" + VARIANT_KEY + "' and '"
                            + INPUT_KEY + "' beside it: " + e.getMessage(),
                    e);
        }
    }

    /**
     * {@return what to write into a file that does not say how its weights were trained, as the end of a message}
     *
     * @param architecture whose weights the file holds
     */
    public static String remedy(Architecture architecture) {
        return "write it as safetensors with, in its __metadata__, '" + NETWORK_KEY + "' (a name), '" + VARIANT_KEY
                + "' (one of " + architecture.variantNames() + ") and '" + INPUT_KEY + "' ("
                + Normalisation.formulas(architecture.inputs()) + "), see docs/guide/weights.md";
    }
}
