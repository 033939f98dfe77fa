package org.lesionforge.torch.file;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Printable;

/** A file's tensors under shorter names. */
record PrefixedTensors(TensorFile file, String prefix, Set<String> names) implements TensorFile {
    static PrefixedTensors of(TensorFile file, String prefix) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : file.names()) {
            if (!name.startsWith(prefix)) {
                throw new IllegalArgumentException(Printable.excerpt(name) + " does not begin with " + prefix);
            }
            names.add(name.substring(prefix.length()));
        }
        return new PrefixedTensors(file, prefix, names);
    }

    @Override
    public long[] shape(String name) {
        return file.shape(prefix + name);
    }

    @Override
    public Tensor tensor(String name) {
        return file.tensor(prefix + name);
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }

    @Override
    public List<String> notes() {
        String note = "its tensors are read without the '" + Printable.excerpt(prefix) + "' before all their names";
        return Stream.concat(file.notes().stream(), Stream.of(note)).toList();
    }
}
