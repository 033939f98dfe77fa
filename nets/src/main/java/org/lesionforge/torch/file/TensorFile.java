package org.lesionforge.torch.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/** A file of named tensors, whatever its format. Opening reads what the file says about itself; each tensor is read when asked for. */
public sealed interface TensorFile permits Safetensors, PthFile, RenamedTensors, ShortenedTensors {
    /** {@return the tensors' names, in the file's order} */
    Set<String> names();

    /**
     * The shape of a tensor, without reading it.
     *
     * @param name one of {@link #names}
     * @return extents by dimension; empty for a scalar
     * @throws IllegalArgumentException when there is no such tensor
     */
    long[] shape(String name);

    /**
     * Reads one tensor into memory of its own, row-major, on the CPU, in the type that the file holds.
     *
     * @param name one of {@link #names}
     * @return the tensor, which owns its memory
     * @throws IllegalArgumentException when there is no such tensor
     * @throws UnusableInputException when the file cannot be read, or a value is NaN or infinite
     */
    Tensor tensor(String name);

    /** {@return the file's free text by key; empty where it has none, as in every {@code .pth}} */
    Map<String, String> metadata();

    /** {@return what was chosen in reading the file, where that was not plain: sentences for the user} */
    List<String> notes();

    /**
     * The same tensors without {@code prefix}, with which every name begins: what {@code DataParallel} and others put before them.
     *
     * @param prefix for instance {@code module.}
     * @return a view of this file under the shorter names
     * @throws IllegalArgumentException when a name does not begin so
     */
    default TensorFile withoutPrefix(String prefix) {
        String shown = Printable.excerpt(prefix);
        return renamed(
                name -> {
                    if (!name.startsWith(prefix)) {
                        throw new IllegalArgumentException(Printable.excerpt(name) + " does not begin with " + prefix);
                    }
                    return name.substring(prefix.length());
                },
                "its tensors are read without the '" + shown + "' before all their names");
    }

    /**
     * The same tensors under other names.
     *
     * @param rename from a name in this file to the one that it gets
     * @param note what the user is told of it
     * @return a view of this file
     * @throws IllegalArgumentException when two tensors would get one name
     */
    default TensorFile renamed(UnaryOperator<String> rename, String note) {
        return RenamedTensors.of(this, rename, note);
    }

    /**
     * The same tensors, some of them without their first row.
     *
     * @param rows names of those, each of one dimension or more
     * @param note what the user is told of it
     * @return a view of this file
     */
    default TensorFile withoutFirstRow(Set<String> rows, String note) {
        return new ShortenedTensors(this, rows, note);
    }

    /**
     * Opens a safetensors file or a state dict that {@code torch.save} wrote. Its first bytes tell which, not its name.
     *
     * @param file of any name
     * @return its tensors, none of them read yet
     * @throws UnusableInputException when the file is missing, damaged, or neither
     */
    static TensorFile open(Path file) {
        return PthFile.isPth(file) ? PthFile.open(file) : Safetensors.open(file);
    }
}
