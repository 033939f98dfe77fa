package org.lesionforge.bench.fuzz.kind;

import java.util.LinkedHashMap;
import java.util.Map;

/** All kinds of files, by name. */
public final class Kinds {
    public static final Map<String, Kind.Factory> ALL = all();

    private Kinds() {}

    private static Map<String, Kind.Factory> all() {
        Map<String, Kind.Factory> kinds = new LinkedHashMap<>();
        kinds.put("jpeg", folder -> ImageKind.jpeg());
        kinds.put("png", folder -> ImageKind.png());
        kinds.put("safetensors", TensorKind::safetensors);
        kinds.put("pth", TensorKind::pth);
        kinds.put("npy", ArrayKind::npy);
        kinds.put("npz", ArrayKind::npz);
        kinds.put("labels", LabelsKind::new);
        kinds.put("dataset.json", folder -> new DatasetKind(folder, "dataset.json"));
        kinds.put("images.csv", folder -> new DatasetKind(folder, "images.csv"));
        kinds.put("checkpoint", folder -> new CheckpointKind(folder, GeneratorTraining::new));
        kinds.put("classifier-checkpoint", folder -> new CheckpointKind(folder, ClassifierTraining::new));
        kinds.put("results.json", ResultsKind::new);
        return kinds;
    }
}
