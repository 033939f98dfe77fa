package org.lesionforge.torch.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Printable;

/**
 * A file's tensors under other names.
 *
 * @param stored by the new name the one in the file, in the file's order
 * @param note what the user is told of it
 */
record RenamedTensors(TensorFile file, Map<String, String> stored, String note) implements TensorFile {
    static RenamedTensors of(TensorFile file, UnaryOperator<String> rename, String note) {
        Map<String, String> stored = new LinkedHashMap<>();
        for (String name : file.names()) {
            String other = stored.put(rename.apply(name), name);
            if (other != null) {
                throw new IllegalArgumentException(
                        Printable.excerpt(other) + " and " + Printable.excerpt(name) + " would have one name");
            }
        }
        return new RenamedTensors(file, stored, note);
    }

    @Override
    public Set<String> names() {
        return stored.keySet();
    }

    @Override
    public long[] shape(String name) {
        return file.shape(storedName(name));
    }

    @Override
    public Tensor tensor(String name) {
        return file.tensor(storedName(name));
    }

    private String storedName(String name) {
        String inFile = stored.get(name);
        if (inFile == null) {
            throw new IllegalArgumentException("there is no tensor " + Printable.excerpt(name));
        }
        return inFile;
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }

    @Override
    public List<String> notes() {
        return Stream.concat(file.notes().stream(), Stream.of(note)).toList();
    }
}
