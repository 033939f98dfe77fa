package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.mutation.ZipEntries;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.SafetensorsReference;
import org.lesionforge.bench.fuzz.reference.ZipReference;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.torch.file.TensorFile;

/** Files of tensors: {@code safetensors}, {@code pth}. */
final class TensorKind implements Kind {
    private final Path file;
    private final List<Sample> samples;
    private final List<Mutation> mutations;

    private TensorKind(Path file, List<Sample> samples, List<Mutation> mutations) {
        this.file = file;
        this.samples = samples;
        this.mutations = mutations;
    }

    static TensorKind safetensors(Path folder) throws IOException {
        Path file = folder.resolve("tensors.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("conv.weight", Tensors.of(new float[] {0.5f, -1, 2, 3.25f, 1e-3f, 7}, 2, 3));
            tensors.put("conv.bias", Tensors.of(new float[] {1, 2}, 2));
            tensors.put("steps", Tensors.of(new float[] {12}, 1).to(ScalarType.Long));
            tensors.put("mask", Tensors.of(new float[] {1, 0, 1}, 3).to(ScalarType.Byte));
            tensors.put("half", Tensors.of(new float[] {0.25f, 4}, 2, 1).to(ScalarType.Half));
            Safetensors.write(file, tensors, Map.of("format", "pt", "epoch", "3"));
        }
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        mutations.addAll(SafetensorsReference.headerMutations());
        return new TensorKind(
                file, List.of(new Sample("new.safetensors", Files.readAllBytes(file))), List.copyOf(mutations));
    }

    static TensorKind pth(Path folder) {
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        mutations.addAll(ZipEntries.mutations(ByteMutations.ALL));
        return new TensorKind(
                folder.resolve("tensors.pth"),
                List.of(new Sample("zip.pth", TorchSave.zip()), new Sample("legacy.pth", TorchSave.legacy())),
                List.copyOf(mutations));
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public List<Mutation> mutations() {
        return mutations;
    }

    @Override
    public String value(String name, byte[] bytes) throws Exception {
        Files.write(file, bytes);
        TensorFile tensors = TensorFile.open(file);
        List<String> values = new ArrayList<>();
        for (String tensor : new TreeSet<>(tensors.names())) {
            try (Scope scope = new Scope()) {
                Tensor read = tensors.tensor(tensor);
                byte[] memory = new byte[(int) read.nbytes()];
                new BytePointer(read.data_ptr()).get(memory);
                values.add(SafetensorsReference.value(
                        tensor, read.scalar_type().intern().toString(), tensors.shape(tensor), memory));
            }
        }
        return values + " " + new TreeMap<>(tensors.metadata());
    }

    /**
     * Verified by the zip's checksums, where it is a zip file; there is no independent reader of the older
     * {@code .pth}.
     */
    @Override
    public Verdict reference(Sample sample, byte[] bytes) throws IOException {
        try {
            if (sample.name().endsWith(".safetensors")) {
                return Verdict.reads(SafetensorsReference.read(bytes));
            }
            if (sample.name().equals("zip.pth")) {
                ZipReference.entries(file);
            }
            return Verdict.UNKNOWN;
        } catch (DamagedException e) {
            return Verdict.refuses(e.getMessage());
        }
    }
}
