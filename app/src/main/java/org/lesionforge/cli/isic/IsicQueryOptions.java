package org.lesionforge.cli.isic;

import java.util.List;
import org.lesionforge.io.Progress;
import org.lesionforge.isic.Archive;
import org.lesionforge.isic.IsicQuery;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The query, and the archive's address. */
final class IsicQueryOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "QUERY",
            defaultValue = "",
            description =
                    "In the archive's query language: 'diagnosis_1:Malignant AND image_type:dermoscopic', "
                            + "'age_approx:[20 TO 40]', 'diagnosis_3:\"Nevus\" OR -sex:male', 'patient_id:*'. Without: all images.")
    String query;

    @Option(
            names = "--collections",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "NUMBER",
            split = ",",
            description = "Only images in one of these collections of the archive.")
    List<Integer> collections = List.of();

    @Option(
            names = "--archive",
            paramLabel = "URL",
            defaultValue = "${env:LESIONFORGE_ISIC_URL:-" + Archive.ADDRESS + "}",
            description = "Where the archive is; $LESIONFORGE_ISIC_URL does the same.")
    String address;

    IsicQuery query() {
        return new IsicQuery(query, collections);
    }

    /** @throws IllegalArgumentException when the address is invalid */
    Archive archive(Progress progress) {
        return Archive.at(address, progress);
    }
}
