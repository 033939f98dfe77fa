package org.lesionforge.weights;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.backbone.Normalisation;

/**
 * A published file of weights that others' numbers rest on.
 *
 * @param name what the command line calls it: {@code fid}
 * @param file its published name; the eight digits in it are the first of its checksum
 * @param address where its publisher offers it
 * @param bytes its size
 * @param sha256 64 hexadecimal digits, of the whole file
 * @param use what it is for
 * @param licence of the weights, as their publisher states it
 * @param input how the network takes byte values
 */
public record KnownWeights(
        String name,
        String file,
        URI address,
        long bytes,
        String sha256,
        String use,
        String licence,
        Normalisation input) {

    /** torchvision's Inception V3, trained on ImageNet: what classifiers start from. */
    public static final KnownWeights IMAGENET = new KnownWeights(
            "inception-v3-imagenet",
            "inception_v3_google-0cc3c7bd.pth",
            URI.create("https://download.pytorch.org/models/inception_v3_google-0cc3c7bd.pth"),
            108_949_747,
            "0cc3c7bd75056d25e46cba549dc184522069b81e9787eff6df84f397bd52a5ef",
            "torchvision's ImageNet network, for classifiers to start from",
            "BSD-3-Clause (torchvision); ported from Google's Apache-2.0 release",
            Normalisation.SIGNED_UNIT);

    /** The network that FID is defined by (TensorFlow, 2015-12-05), as pytorch-fid ported it. */
    public static final KnownWeights FID = new KnownWeights(
            "fid",
            "pt_inception-2015-12-05-6726825d.pth",
            URI.create("https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/"
                    + "pt_inception-2015-12-05-6726825d.pth"),
            95_628_359,
            "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
            "the network of 2015-12-05 that FID, KID and the Inception Score are defined by",
            "Apache-2.0 (Google's release, ported by pytorch-fid)",
            Normalisation.CENTRED_128);

    /** Those that {@code lesionforge weights fetch} gets. */
    public static final List<KnownWeights> ALL = List.of(IMAGENET, FID);

    /**
     * Known weights by their name on the command line.
     *
     * @param name such as {@code fid}
     * @return the weights that are called so; empty where none are
     */
    public static Optional<KnownWeights> named(String name) {
        return ALL.stream().filter(known -> known.name.equals(name)).findFirst();
    }

    /** By the checksum of a file's content, whatever the file is called. */
    static Optional<KnownWeights> withChecksum(String sha256) {
        return ALL.stream().filter(known -> known.sha256.equals(sha256)).findFirst();
    }

    /** {@code name.pth (95,628,359 bytes, SHA-256 6726825d…)} */
    String description() {
        return String.format(Locale.ROOT, "%s (%,d bytes, SHA-256 %s…)", file, bytes, sha256.substring(0, 8));
    }

    /** What a person without a network can do. */
    String byHand() {
        return "Where there is a network, get " + description() + " from " + address
                + ", bring it here and run: lesionforge weights import " + file;
    }
}
