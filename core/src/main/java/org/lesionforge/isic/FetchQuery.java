package org.lesionforge.isic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/** {@code query.json}: the query of a fetch, so that it is not resumed with another one. */
record FetchQuery(
        String archive,
        String query,
        List<Integer> collections,
        long limit,
        long perClass,
        String classField,
        List<String> classValues,
        boolean thumbnails,
        List<String> licences,
        long maxBytes) {

    private static final String FILE = "query.json";

    static FetchQuery of(Archive archive, FetchOptions options) {
        return new FetchQuery(
                archive.address(),
                options.query().text(),
                options.query().collections(),
                options.limit(),
                options.perClass(),
                options.classField(),
                options.classValues(),
                options.thumbnails(),
                options.licences(),
                options.maxBytes());
    }

    /** @throws UnusableInputException when {@code folder} holds something that is not the beginning of this fetch */
    void requireFits(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            OutputFolder.requireFree(folder);
            return;
        }
        FetchQuery earlier = Json.read(file, FetchQuery.class);
        if (!earlier.equals(this)) {
            throw new UnusableInputException(folder + " holds the images of another query (" + file + "): "
                    + Json.line(earlier) + ", now asked is " + Json.line(this)
                    + "; ask the same to resume it, or name a new folder with --out");
        }
    }

    void write(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            Json.write(folder.resolve(FILE), this);
        }
    }
}
