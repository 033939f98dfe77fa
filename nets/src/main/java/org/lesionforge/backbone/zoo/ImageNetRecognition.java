package org.lesionforge.backbone.zoo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.WeightsIdentity;
import org.lesionforge.backbone.WeightsRecognition;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.file.TensorFile;

/**
 * Of an architecture whose published files are one variant and take values in one way: what a file says of itself, else by its head.
 *
 * @param architecture whose weights are recognised; asked for late, since it holds this
 * @param tensorFlow the variant that TensorFlow's networks are; asked for late, too
 */
record ImageNetRecognition(Supplier<Architecture> architecture, Supplier<? extends Variant> tensorFlow)
        implements WeightsRecognition {
    /** ImageNet's challenge has so many. */
    private static final int IMAGENET_CLASSES = 1000;

    /** TensorFlow's networks count the background as one more. */
    private static final int TENSORFLOW_CLASSES = 1001;

    /** Of an architecture that has one variant. */
    ImageNetRecognition(Supplier<Architecture> architecture) {
        this(architecture, () -> architecture.get().variants().get(0));
    }

    @Override
    public WeightsIdentity of(Path file, TensorFile weights, int classes) {
        Architecture of = architecture.get();
        return WeightsDeclaration.read(file, weights.metadata(), of, Optional.empty())
                .orElseGet(() -> undeclared(file, weights, classes, of));
    }

    private WeightsIdentity undeclared(Path file, TensorFile weights, int classes, Architecture of) {
        Variant variant =
                classes == TENSORFLOW_CLASSES ? tensorFlow.get() : of.variants().get(0);
        if (classes == IMAGENET_CLASSES) {
            return identity(
                    of,
                    of.name() + "-imagenet",
                    variant,
                    of.variants().size() > 1 ? Optional.of(guess(of, variant)) : Optional.empty());
        }
        if (weights.names().stream().anyMatch(of.names()::isOwnHead)) {
            return identity(
                    of,
                    of.name() + (classes == 0 ? "-own-head" : "-" + classes),
                    variant,
                    Optional.of(guess(of, variant)));
        }
        throw new UnusableInputException(file + " has the layers of " + of.title()
                + " and no head, and nothing tells how it was trained; " + WeightsDeclaration.remedy(of));
    }

    private static String guess(Architecture of, Variant variant) {
        return "nothing in the file tells how it was trained: it is taken for a " + of.title()
                + " that takes values as "
                + of.input().formula()
                + (of.variants().size() > 1 ? " and has " + variant.text() : "")
                + "; for another "
                + (of.paddings().isEmpty() ? "" : "padding name one with --padding, for another input ")
                + "write safetensors with a declaration, see docs/guide/weights.md";
    }

    private static WeightsIdentity identity(Architecture of, String network, Variant variant, Optional<String> note) {
        return new WeightsIdentity(network, false, variant, of.input(), note);
    }
}
