package org.lesionforge.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.HostCopy;

/** The numbers of a step while they are on the device: a family puts its tensors here, and what they come to is read when somebody asks for it. */
public final class LateNumbers {
    private record Reduced(String key, ToDoubleFunction<float[]> by) {}

    private final List<Reduced> numbers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** Begins without a number. */
    public LateNumbers() {}

    /**
     * Adds a number.
     *
     * @param key its column
     * @param value of one element; may be freed once the result is made
     */
    public void put(String key, Tensor value) {
        put(key, value, values -> values[0]);
    }

    /**
     * Adds a number that follows from several.
     *
     * @param key its column
     * @param values of any shape; may be freed once the result is made
     * @param reduced what they come to, in float64, in their row-major order
     */
    public void put(String key, Tensor values, ToDoubleFunction<float[]> reduced) {
        numbers.add(new Reduced(key, reduced));
        tensors.add(values);
    }

    /**
     * {@return a step of these numbers, in their order, which copies them on the device and reads them when it is asked}
     *
     * @param refused what was decided for each update: 1 where it was left out, else 0
     */
    public StepResult result(List<Tensor> refused) {
        List<Tensor> all = new ArrayList<>(tensors);
        all.addAll(refused);
        HostCopy copy = HostCopy.of(all);
        return StepResult.late(() -> {
            List<float[]> read = copy.read();
            Map<String, Double> values = new LinkedHashMap<>();
            for (int i = 0; i < numbers.size(); i++) {
                values.put(numbers.get(i).key(), numbers.get(i).by().applyAsDouble(read.get(i)));
            }
            boolean skipped = read.subList(numbers.size(), read.size()).stream().anyMatch(found -> found[0] != 0);
            return new StepResult(values, skipped);
        });
    }
}
