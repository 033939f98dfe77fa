package org.lesionforge.cli.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.experiment.ExternalImages;
import org.lesionforge.experiment.Protocol;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.run.arm.Arm;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Which arms an experiment has, and how images are added in them. */
final class ArmsMixin {
    @Option(
            names = "--arms",
            paramLabel = "ARM",
            split = ",",
            defaultValue = "none,dcgan",
            converter = ArmConverter.class,
            description =
                    "SOURCE[:N|@RATIO][+MODIFIER]... Sources: none: the data as they are; oversample: duplicates; "
                            + "classical: altered copies; FAMILY: images of a generator trained here (dcgan); external:NAME: "
                            + "images of another generator, see --external. They add as many images as the scarce class "
                            + "lacks, N, or RATIO for each real one. Of every class alike, N in all or RATIO for each real one "
                            + "(1): both:FAMILY: images of a conditional generator; processed: the training images again, through "
                            + "the generator's size and JPEG; real:N: real images that all other arms do without. Modifiers: "
                            + "class-weights: in the loss; degraded: all images through the generator's size; filtered: "
                            + "only images that the classifier of none takes for their class (dcgan+filtered); only: in "
                            + "place of the real images of the class (dcgan+only); shuffled: classes of the added images "
                            + "permuted (both:dcgan+shuffled). The first arm is what the others are compared with.")
    List<Arm> arms;

    @RecordedAs("external.*.folder")
    @Option(
            names = "--external",
            paramLabel = "NAME=DIR",
            converter = NamedFolderConverter.class,
            showDefaultValue = Visibility.NEVER,
            description =
                    "Images of another generator for the arm external:NAME: a folder of images of the scarce class, "
                            + "or with a folder in it that is named after the class. Near-copies of training images are not "
                            + "used; images of the validation or test part are refused. May be given several times. Default: none.")
    List<NamedFolder> externals = List.of();

    @Option(
            names = "--synthetic",
            paramLabel = "N",
            description = "Images that balancing arms add. Default: what the scarce class lacks of the "
                    + "largest in the training part.")
    Integer synthetic;

    @Option(
            names = "--max-similarity",
            paramLabel = "R",
            defaultValue = "0.95",
            description = "Do not use synthetic images whose 32x32 thumbnail correlates more than this with that of a "
                    + "training image, in any of its eight positions; 1 uses all.")
    double maxSimilarity;

    @Option(
            names = "--match-acquisition",
            negatable = true,
            showDefaultValue = Visibility.NEVER,
            description = "Take generated images through the resizing and the JPEG that the photographs went through. "
                    + "Default: on with --protocol strict, off with paper.")
    Boolean matchAcquisition;

    /** How images are added, as given. */
    Additions additions(Protocol protocol) {
        return new Additions(
                synthetic, maxSimilarity, matchAcquisition == null ? protocol.matchesAcquisition() : matchAcquisition);
    }

    /** The folders of other generators' images, each named by an arm. */
    Map<String, Path> folders() {
        Map<String, Path> folders = NamedFolder.byName(externals);
        ExternalImages.requireNamed(folders.keySet(), arms);
        return folders;
    }
}
