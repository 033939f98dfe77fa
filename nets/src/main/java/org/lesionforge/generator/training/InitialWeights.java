package org.lesionforge.generator.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.ClassRows;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.InitialRun;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.RunLayout.GanLayout;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.training.Checkpoints;

/**
 * The weights that a training begins with in place of random ones: those of all nets at the last checkpoint of another run. Optimisers, counters and
 * alarms begin anew. What has a row for each class is brought to the classes of the training by {@link ClassRows}. An average that the other run did
 * not have begins as the raw weights.
 *
 * @param init where they are
 */
public record InitialWeights(InitialRun init) {
    /**
     * Finds the weights of a run.
     *
     * @param from the run to begin from, finished or not
     * @param options of the training that is to begin
     * @param progress receives what is damaged
     * @return its last checkpoint
     * @throws UnusableInputException when the run is of another family or of other nets, with both; or has no checkpoint that can be used
     * @throws IOException when a checkpoint cannot be read
     */
    public static InitialWeights of(GeneratorRun from, GeneratorSpec<?> options, Progress progress) throws IOException {
        GeneratorConfig config = from.config();
        if (!config.family().equals(options.family().name())) {
            throw new UnusableInputException(
                    from.folder() + " is of the family '" + config.family() + "', this training is of '"
                            + options.family().name() + "': weights fit into nets of one family alone");
        }
        List<String> differences = options.netDifferences(config.options());
        if (!differences.isEmpty()) {
            throw new UnusableInputException(from.folder() + " has nets of other options: "
                    + String.join("; ", differences) + ". Give the same options, or begin from another run");
        }
        Checkpoint last = new Checkpoints(
                        from.checkpoints(), CheckpointPolicy.DEFAULTS, GeneratorLogs.files(from.folder()))
                .restore(Checkpoint.class, (header, tensors) -> {}, progress)
                .orElseThrow(() -> new UnusableInputException(from.folder()
                        + " has no checkpoint, which has the weights of all nets (checkpoints/state-*.safetensors); "
                        + "begin from a run that has"));
        Path run = from.folder().toAbsolutePath().normalize();
        return new InitialWeights(new InitialRun(
                run.toString(),
                last.iteration(),
                Sha256.of(tensors(run, last.iteration())),
                config.learned().names(),
                config.splitSha256()));
    }

    private static Path tensors(Path run, long iteration) {
        return new GanLayout(run)
                .checkpoints()
                .resolve(String.format(Locale.ROOT, "state-%08d.safetensors", iteration));
    }

    /**
     * Gives a model these weights.
     *
     * @param model at its beginning
     * @param classes that it learns, in the order of their labels
     * @param toldApart whether its training uses these labels
     * @throws UnusableInputException when the checkpoint is gone or changed, or of other nets; the model is then unchanged
     */
    void load(GenerativeModel model, List<String> classes, boolean toldApart) {
        Path file = tensors(Path.of(init.run()), init.iteration());
        Checksums.require(file, init.sha256(), "bring it back as it was, or begin the training anew");
        ClassRows rows = ClassRows.of(classes, init.classes());
        if (toldApart && !classes.equals(init.classes())) {
            requireRows(model, classes);
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> theirs = Safetensors.open(file).tensors();
            Map<String, Tensor> own = model.learned();
            Map<String, Tensor> fitted = new LinkedHashMap<>();
            own.forEach((name, tensor) -> {
                Tensor found = theirs.getOrDefault(name, theirs.get(raw(name)));
                if (found == null) {
                    throw new UnusableInputException(file + " has no weights '" + name + "', which this training has");
                }
                Tensor fitting = model.hasRowPerClass(name) ? rows.of(found) : found;
                if (!Arrays.equals(tensor.shape(), fitting.shape())) {
                    throw new UnusableInputException(
                            file + " has weights '" + name + "' of shape " + Arrays.toString(fitting.shape())
                                    + ", this training of " + Arrays.toString(tensor.shape()));
                }
                fitted.put(name, fitting);
            });
            own.forEach((name, tensor) -> tensor.copy_(Objects.requireNonNull(fitted.get(name))));
        }
    }

    /** Where nets tell classes apart in another way than by rows, the weights of one class cannot become those of another. */
    private void requireRows(GenerativeModel model, List<String> classes) {
        try (Scope scope = new Scope()) {
            if (model.learned().keySet().stream().noneMatch(model::hasRowPerClass)) {
                throw new UnusableInputException(init.run() + " learned the classes " + init.classes()
                        + ", this training learns " + classes
                        + ", and nets of this family cannot begin with those of other classes");
            }
        }
    }

    /** The name of what an average is of. */
    private static String raw(String name) {
        return Stream.of(name.split("\\."))
                .map(part -> part.equals(GeneratorWeights.EMA.file()) ? GeneratorWeights.RAW.file() : part)
                .collect(Collectors.joining("."));
    }
}
