package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.bench.fuzz.mutation.Mutation;

/** One kind of file that the program reads. */
public interface Kind {
    /** Sound files; always the same, except for times and versions in some files. */
    List<Sample> samples();

    /** The mutations to apply. */
    List<Mutation> mutations();

    /**
     * The program's reading of a file as text: equal texts for equal values.
     *
     * @param name of the sample it was made from
     * @throws Exception whatever the program throws
     */
    String value(String name, byte[] file) throws Exception;

    /**
     * The verdict of an independent reader.
     *
     * @throws IOException when the reader itself fails
     */
    Verdict reference(Sample sample, byte[] file) throws IOException;

    /** Prepares a kind. */
    @FunctionalInterface
    interface Factory {
        /** @param folder empty, for this kind only */
        Kind open(Path folder) throws IOException;
    }
}
