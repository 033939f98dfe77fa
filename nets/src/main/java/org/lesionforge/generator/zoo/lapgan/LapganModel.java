package org.lesionforge.generator.zoo.lapgan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.NetSampler;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.TensorGroups;

/**
 * A pyramid of generators while it is trained, one level after the other from the coarsest on. Each learns from real images of its size alone, so the
 * others stay as they are, and levels that are still to come add nothing to what is drawn.
 */
final class LapganModel implements GenerativeModel {
    /** The column of {@code stats.jsonl} that says which level learns, from 0. */
    static final String LEVEL = "level";

    private final List<Level> levels;
    private final Map<GeneratorWeights, PyramidGenerator> pyramids = new LinkedHashMap<>();
    private final GeneratorOptions common;
    private final LapganOptions own;
    private final Compute compute;
    private final Seed seed;
    private final List<AlarmRule> alarmRules = List.of(new LevelRule());
    private int learning;

    /**
     * Takes over the levels.
     *
     * @param levels from the coarsest on, all with an average or none
     * @param common with the size of the finest images and the seed
     * @param own with the side of the coarsest
     * @param compute where the nets are
     */
    LapganModel(List<Level> levels, GeneratorOptions common, LapganOptions own, Compute compute) {
        this.levels = List.copyOf(levels);
        this.common = common;
        this.own = own;
        this.compute = compute;
        seed = new Seed(common.seed());
        for (GeneratorWeights weights : levels.get(0).generators().keySet()) {
            List<GeneratorNet> nets = new ArrayList<>();
            levels.forEach(
                    level -> nets.add(Objects.requireNonNull(level.generators().get(weights))));
            pyramids.put(weights, new PyramidGenerator(nets, own));
        }
    }

    @Override
    public StepResult step(Batch batch, long iteration) {
        long ofLevel = Math.max(1, batch.iterations() / levels.size());
        learning = (int) Math.min(iteration / ofLevel, levels.size() - 1);
        long within = iteration - learning * ofLevel;
        try (Scope scope = new Scope()) {
            Tensor real = own.remedies()
                    .flips()
                    .apply(batch.images(), seed.of("flips").at(iteration));
            for (int level = levels.size() - 1; level > learning; level--) {
                real = own.pyramid().down(real);
            }
            return levels.get(learning)
                    .step(new Batch(real.contiguous(MemoryFormat.ChannelsLast), batch.labels(), ofLevel), within)
                    .after(LEVEL, learning);
        }
    }

    @Override
    public Map<GeneratorWeights, Sampler> samplers() {
        Map<GeneratorWeights, Sampler> samplers = new LinkedHashMap<>();
        pyramids.forEach((weights, pyramid) ->
                samplers.put(weights, NetSampler.borrowing(pyramid, own.latents(common.size()), common, compute)));
        return samplers;
    }

    @Override
    public Map<GeneratorWeights, Map<String, Tensor>> snapshots() {
        Map<GeneratorWeights, Map<String, Tensor>> snapshots = new LinkedHashMap<>();
        for (GeneratorWeights weights : pyramids.keySet()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (int level = 0; level < levels.size(); level++) {
                Map<String, Tensor> ofLevel =
                        levels.get(level).model().snapshots().get(weights);
                TensorGroups.put(tensors, PyramidGenerator.name(level), Objects.requireNonNull(ofLevel));
            }
            snapshots.put(weights, tensors);
        }
        return snapshots;
    }

    /** The coarsest level alone has statistics. From the same weights and seed they come out the same, so it may be done at every level. */
    @Override
    public void prepareSnapshot(Seed statistics, LabelShares shares) {
        levels.get(0).model().prepareSnapshot(statistics, shares);
    }

    @Override
    public double learningRate() {
        return levels.get(learning).model().learningRate();
    }

    @Override
    public void scaleLearningRate(double factor) {
        levels.forEach(level -> level.model().scaleLearningRate(factor));
    }

    @Override
    public List<AlarmRule> alarmRules() {
        return alarmRules;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            TensorGroups.put(
                    tensors,
                    PyramidGenerator.name(level),
                    levels.get(level).model().tensors());
        }
        return tensors;
    }

    @Override
    public Object memo() {
        return Map.of(LEVEL, learning);
    }

    @Override
    public void restore(Map<String, Tensor> tensors, JsonNode memo) {
        JsonNode level = memo.get(LEVEL);
        if (level == null || !level.isInt() || level.intValue() < 0 || level.intValue() >= levels.size()) {
            throw new UnusableInputException(
                    "a checkpoint's key 'model.level' must be from 0 to " + (levels.size() - 1) + ", got " + level);
        }
        for (int i = 0; i < levels.size(); i++) {
            levels.get(i).model().restore(TensorGroups.of(PyramidGenerator.name(i), tensors), memo);
        }
        learning = level.intValue();
    }

    @Override
    public void close() {
        levels.forEach(Level::close);
    }
}
