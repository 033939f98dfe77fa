package org.lesionforge.weights;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Normalisation;

/**
 * A published file of weights that others' numbers rest on.
 *
 * @param name what the command line calls it: {@code fid}
 * @param architecture {@linkplain Architecture#name name} of the one that it is of
 * @param network what numbers that are measured with it are named after: {@code inception-2015-12-05}
 * @param file its published name; the eight digits in it are the first of its checksum
 * @param address where its publisher offers it
 * @param bytes its size; 0 where its publisher does not say
 * @param sha256 of the whole file, 64 hexadecimal digits; or its first eight, where its publisher gives no more
 * @param use what it is for
 * @param licence of the weights, as their publisher states it
 * @param input how the network takes byte values
 * @param crop how its publisher brings images to the network's side; empty where that is not a crop
 */
public record KnownWeights(
        String name,
        String architecture,
        String network,
        String file,
        URI address,
        long bytes,
        String sha256,
        String use,
        String licence,
        Normalisation input,
        Optional<Crop> crop) {

    /**
     * The middle of an image, as publishers of weights measure them.
     *
     * @param resize length in pixels that the shorter side is brought to
     * @param side of the square in the middle that is shown
     * @param interpolation {@code bilinear} or {@code bicubic}
     */
    public record Crop(int resize, int side, String interpolation) {
        /** {@return it in words} */
        public String text() {
            return "the shorter side to " + resize + " pixels, " + interpolation + ", then the middle " + side + "x"
                    + side;
        }
    }

    private static final int WHOLE = 64;

    /** No file of weights is larger. */
    private static final long MOST_BYTES = 1_000_000_000;

    private static final String TORCHVISION = "https://download.pytorch.org/models/";

    /** torchvision's Inception V3, trained on ImageNet: what classifiers start from. */
    public static final KnownWeights IMAGENET = new KnownWeights(
            "inception-v3-imagenet",
            "inception-v3",
            "torchvision-1000",
            "inception_v3_google-0cc3c7bd.pth",
            URI.create(TORCHVISION + "inception_v3_google-0cc3c7bd.pth"),
            108_949_747,
            "0cc3c7bd75056d25e46cba549dc184522069b81e9787eff6df84f397bd52a5ef",
            "torchvision's ImageNet network, for classifiers to start from",
            "BSD-3-Clause (torchvision); ported from Google's Apache-2.0 release",
            Normalisation.SIGNED_UNIT,
            Optional.of(new Crop(342, 299, "bilinear")));

    /** The network that FID is defined by (TensorFlow, 2015-12-05), as pytorch-fid ported it. */
    public static final KnownWeights FID = new KnownWeights(
            "fid",
            "inception-v3",
            "inception-2015-12-05",
            "pt_inception-2015-12-05-6726825d.pth",
            URI.create("https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/"
                    + "pt_inception-2015-12-05-6726825d.pth"),
            95_628_359,
            "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
            "the network of 2015-12-05 that FID, KID and the Inception Score are defined by",
            "Apache-2.0 (Google's release, ported by pytorch-fid)",
            Normalisation.CENTRED_128,
            Optional.empty());

    /** Those that {@code lesionforge weights fetch} gets. torchvision's second editions have the first ones' shapes and are shown other crops. */
    public static final List<KnownWeights> ALL = List.of(
            IMAGENET,
            FID,
            torchvision("resnet-50", "", "resnet50-0676ba61", 256),
            torchvision("resnet-50", "-v2", "resnet50-11ad3fa6", 232),
            torchvision("resnet-101", "", "resnet101-63fe2227", 256),
            torchvision("resnet-101", "-v2", "resnet101-cd907fc2", 232),
            torchvision("densenet-121", "", "densenet121-a639ec97", 256),
            torchvision("densenet-169", "", "densenet169-b2777c0a", 256),
            torchvision("densenet-201", "", "densenet201-c1103571", 256),
            torchvision("mobilenet-v2", "", "mobilenet_v2-b0353104", 256),
            torchvision("mobilenet-v2", "-v2", "mobilenet_v2-7ebf99e0", 232),
            efficientNet("efficientnet-b0", "", "efficientnet_b0_rwightman-7f5810bc", 256, 224),
            efficientNet("efficientnet-b0", "-2021", "efficientnet_b0_rwightman-3dd342df", 256, 224),
            efficientNet("efficientnet-b2", "", "efficientnet_b2_rwightman-c35c1473", 288, 288),
            efficientNet("efficientnet-b2", "-2021", "efficientnet_b2_rwightman-bcdf34b7", 288, 288),
            torchvision("vgg-16", "", "vgg16-397923af", 256),
            torchvision(
                    "googlenet", "", "googlenet-1378be20", Normalisation.SIGNED_UNIT, new Crop(256, 224, "bilinear")));

    private static KnownWeights torchvision(String architecture, String edition, String file, int resize) {
        return torchvision(architecture, edition, file, Normalisation.IMAGENET, new Crop(resize, 224, "bilinear"));
    }

    /** Both uploads of each: the later one has the usual name. */
    private static KnownWeights efficientNet(String architecture, String edition, String file, int resize, int side) {
        return torchvision(architecture, edition, file, Normalisation.IMAGENET, new Crop(resize, side, "bicubic"));
    }

    /** @param file whose name ends with the first digits of its checksum, all that torchvision gives */
    private static KnownWeights torchvision(
            String architecture, String edition, String file, Normalisation input, Crop crop) {
        String name = architecture + "-imagenet" + edition;
        return new KnownWeights(
                name,
                architecture,
                name,
                file + ".pth",
                URI.create(TORCHVISION + file + ".pth"),
                0,
                file.substring(file.lastIndexOf('-') + 1),
                "torchvision's ImageNet network, for classifiers to start from",
                "none stated beside torchvision's BSD-3-Clause code",
                input,
                Optional.of(crop));
    }

    /**
     * Known weights by their name on the command line.
     *
     * @param name such as {@code fid}
     * @return the weights that are called so; empty where none are
     */
    public static Optional<KnownWeights> named(String name) {
        return ALL.stream().filter(known -> known.name.equals(name)).findFirst();
    }

    /**
     * Known weights of a kind of network.
     *
     * @param architecture of the network
     * @return the published files of it
     */
    public static List<KnownWeights> of(Architecture architecture) {
        return ALL.stream()
                .filter(known -> known.architecture.equals(architecture.name()))
                .toList();
    }

    /** By the checksum of a file's content, whatever the file is called. */
    static Optional<KnownWeights> withChecksum(String sha256) {
        return ALL.stream().filter(known -> known.matches(sha256)).findFirst();
    }

    /**
     * {@return whether a file of this checksum is this one, as far as the known digits tell}
     *
     * @param checksum of a file, 64 hexadecimal digits
     */
    public boolean matches(String checksum) {
        return checksum.length() == WHOLE && checksum.startsWith(sha256);
    }

    /** {@return whether all digits of the checksum are known} */
    public boolean isWholeChecksum() {
        return sha256.length() == WHOLE;
    }

    /** {@return how a file of it is checked, in words} */
    public String check() {
        return isWholeChecksum()
                ? "by its SHA-256"
                : "by the first " + sha256.length() + " digits of its SHA-256, all that its publisher gives";
    }

    /** The most bytes that are downloaded. */
    long mostBytes() {
        return bytes > 0 ? bytes : MOST_BYTES;
    }

    /** {@code name.pth (95,628,359 bytes, SHA-256 6726825d…)} */
    String description() {
        String size = bytes > 0 ? String.format(Locale.ROOT, "%,d bytes, ", bytes) : "";
        return file + " (" + size + "SHA-256 " + sha256.substring(0, 8) + "…)";
    }

    /** What a person without a network can do. */
    String byHand() {
        return "Where there is a network, get " + description() + " from " + address
                + ", bring it here and run: lesionforge weights import " + file;
    }
}
