package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.bench.fuzz.mutation.Mutation;

/** One kind of file that the program reads. */
public interface Kind {
    /** Sound files. The same every time, but for times and versions that some files hold. */
    List<Sample> samples();

    /** How they are damaged. */
    List<Mutation> mutations();

    /**
     * What the program makes of a file: equal texts for equal values.
     *
     * @param name of the sample that it was made of
     * @throws Exception whatever the program throws
     */
    String value(String name, byte[] file) throws Exception;

    /**
     * What somebody else makes of it.
     *
     * @throws IOException when the reader itself could not work
     */
    Verdict reference(Sample sample, byte[] file) throws IOException;

    /** Prepares a kind. */
    @FunctionalInterface
    interface Factory {
        /** @param folder that is empty and the kind's own */
        Kind open(Path folder) throws IOException;
    }
}
