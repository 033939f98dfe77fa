package org.lesionforge.torch.file;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A file's tensors, some of them without their first row.
 *
 * @param shortened names of those
 * @param note what the user is told of it
 */
record ShortenedTensors(TensorFile file, Set<String> shortened, String note) implements TensorFile {
    @Override
    public Set<String> names() {
        return file.names();
    }

    @Override
    public long[] shape(String name) {
        long[] shape = file.shape(name);
        if (shortened.contains(name)) {
            shape = shape.clone();
            shape[0]--;
        }
        return shape;
    }

    @Override
    public Tensor tensor(String name) {
        Tensor tensor = file.tensor(name);
        if (!shortened.contains(name)) {
            return tensor;
        }
        try (tensor;
                Tensor rest = tensor.narrow(0, 1, tensor.size(0) - 1)) {
            return rest.clone();
        }
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
