package org.lesionforge.backbone.zoo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.WeightsIdentity;
import org.lesionforge.backbone.WeightsRecognition;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.file.TensorFile;

/**
 * Of an architecture whose published files are one variant and take values in one way: what a file says of itself, else by its head.
 *
 * @param architecture whose weights are recognised; asked for late, since it holds this
 */
record ImageNetRecognition(Supplier<Architecture> architecture) implements WeightsRecognition {
    /** ImageNet's challenge has so many. */
    private static final int IMAGENET_CLASSES = 1000;

    @Override
    public WeightsIdentity of(Path file, TensorFile weights, int classes) {
        Architecture of = architecture.get();
        return WeightsDeclaration.read(file, weights.metadata(), of, Optional.empty())
                .orElseGet(() -> undeclared(file, weights, classes, of));
    }

    private static WeightsIdentity undeclared(Path file, TensorFile weights, int classes, Architecture of) {
        if (classes == IMAGENET_CLASSES) {
            return identity(
                    of, of.name() + "-imagenet", of.variants().size() > 1 ? Optional.of(guess(of)) : Optional.empty());
        }
        if (weights.names().stream().anyMatch(of.names()::isOwnHead)) {
            return identity(of, of.name() + (classes == 0 ? "-own-head" : "-" + classes), Optional.of(guess(of)));
        }
        throw new UnusableInputException(file + " has the layers of " + of.title()
                + " and no head, and nothing tells how it was trained; " + WeightsDeclaration.remedy(of));
    }

    private static String guess(Architecture of) {
        return "nothing in the file tells how it was trained: it is taken for a " + of.title()
                + " that takes values as "
                + of.input().formula()
                + (of.variants().size() > 1 ? " and has " + of.variants().get(0).text() : "")
                + "; for another write safetensors with a declaration, see docs/guide/weights.md";
    }

    private static WeightsIdentity identity(Architecture of, String network, Optional<String> note) {
        return new WeightsIdentity(network, false, of.variants().get(0), of.input(), note);
    }
}
