package org.lesionforge.generator.zoo.ddpm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.LateNumbers;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;
import org.lesionforge.torch.optim.Adam;
import org.lesionforge.torch.optim.Refusal;
import org.lesionforge.training.AverageDecay;
import org.lesionforge.training.LinearDecay;
import org.lesionforge.training.RateSchedule;
import org.lesionforge.training.TensorGroups;
import org.lesionforge.training.WeightAverage;

/** A {@link UNet} that learns to tell the noise in noisy images (Ho et al. 2020, algorithm 1), and the average of its weights. */
final class DdpmModel implements GenerativeModel {
    /** The mean squared error of the noise. */
    static final String LOSS = "loss";

    /** The same over the images of one quarter of the schedule alone: from 1, with the least noise, to 4. */
    static final String LOSS_OF_QUARTER = "loss_quarter_";

    private static final int QUARTERS = 4;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    /** Ho et al.'s longest gradient; a longer one is shortened to it. */
    private static final double LONGEST = 1;

    /** Share of the images whose class the net is not told, so that it also learns images of any (Ho and Salimans 2022, arXiv 2207.12598). */
    private static final double UNTOLD = 0.1;

    private static final String ADAM = "adam";

    private final GeneratorOptions common;
    private final DdpmOptions own;
    private final Compute compute;
    private final Seed seed;
    private final UNet net;
    private final Adam adam;
    private final Optional<UNet> average;
    private final Optional<WeightAverage> averaging;
    private final RateSchedule schedule;
    private final Optional<Dropout> dropout;

    /** Outside of scopes, as nets are made. */
    DdpmModel(GeneratorOptions common, DdpmOptions own, Compute compute) {
        this.common = common;
        this.own = own;
        this.compute = compute;
        seed = new Seed(common.seed());
        net = Ddpm.net(common, own, seed.of("denoiser"), compute);
        adam = new Adam(net, own.learningRate(), BETA1, BETA2);
        average = own.averages() ? Optional.of(Ddpm.net(common, own, seed.of("denoiser"), compute)) : Optional.empty();
        averaging = average.map(
                its -> WeightAverage.in(its, new AverageDecay.HalfLife(own.emaHalfLife(), own.emaRampUp())));
        schedule = new LinearDecay(own.rateDecay()).after(own.warmup());
        dropout = own.dropout() > 0 ? Optional.of(new Dropout(own.dropout())) : Optional.empty();
    }

    @Override
    public StepResult step(Batch batch, long iteration) {
        Seed random = seed.of("diffusion").at(iteration);
        int n = (int) batch.images().size(0);
        try (Scope scope = new Scope()) {
            Tensor images = own.flips().apply(batch.images(), random.of("flips"));
            int[] times = times(random.of("times"), n);
            Tensor noise = noise(images, random.of("noise"));
            dropout.ifPresent(drop -> drop.seed(random.of("dropout")));
            Tensor labels = own.conditional() ? told(batch.labels(), random.of("labels")) : batch.labels();
            Tensor predicted = net.forward(noisy(own.noiseSchedule(), images, times, noise), times, labels, dropout);
            Tensor errors = predicted.sub(noise).square().mean(1, 2, 3);
            Gradients.add(errors.mean());
            return learn(errors.detach(), times, batch.iterations(), iteration);
        }
    }

    /** Moves the net along its gradient, unless that is not finite. */
    private StepResult learn(Tensor errors, int[] times, long iterations, long iteration) {
        Tensor norms = Gradients.norms(net);
        Refusal refusal = Refusal.unlessFinite(List.of(errors), norms, Double.MAX_VALUE);
        Gradients.shorten(net, norms, LONGEST);
        adam.step(schedule.share(iteration, iterations), refusal);
        averaging.ifPresent(its -> refusal.unlessRaised(
                its.state().values(), () -> its.update(net, times.length, (iteration + 1) * times.length)));
        adam.zeroGradients();
        LateNumbers numbers = losses(errors, times);
        numbers.put("gradient", norms, Gradients::norm);
        return numbers.result(List.of(refusal.found().orElseThrow()));
    }

    /**
     * One time for each image, each uniform over the schedule, and together evenly spread over it (Kingma et al. 2021, arXiv 2107.00630, appendix
     * I.1): the loss, which depends on the time more than on the image, swings less from batch to batch.
     */
    static int[] times(Seed seed, int n) {
        SplittableRandom random = seed.random();
        double first = random.nextDouble();
        int[] times = new int[n];
        int[] order = seed.of("order").permutation(n);
        for (int i = 0; i < n; i++) {
            double place = (first + (double) i / n) % 1;
            times[order[i]] = Math.min((int) (place * NoiseSchedule.STEPS), NoiseSchedule.STEPS - 1);
        }
        return times;
    }

    /** The labels, without some of them. Which ones is drawn on the CPU and sent: the labels themselves stay on the device, unread. */
    static Tensor told(Tensor labels, Seed seed) {
        SplittableRandom random = seed.random();
        byte[] untold = new byte[(int) labels.size(0)];
        for (int i = 0; i < untold.length; i++) {
            untold[i] = (byte) (random.nextDouble() < UNTOLD ? 1 : 0);
        }
        Tensor hidden = Tensors.send(Tensors.ofBytes(untold, untold.length), labels.device(), ScalarType.Bool);
        return labels.masked_fill(hidden, new Scalar(LabelEmbedding.NONE));
    }

    /** From N(0, 1), drawn on the CPU whatever the device, in the order of the indices. */
    private static Tensor noise(Tensor like, Seed seed) {
        try (Scope scope = new Scope();
                Generator random = Torch.generator(seed)) {
            Tensor drawn = torch.empty(like.shape()).normal_(0, 1, new GeneratorOptional(random));
            return scope.keep(
                    Tensors.send(drawn.contiguous(MemoryFormat.ChannelsLast), like.device(), ScalarType.Float));
        }
    }

    /**
     * Ho et al., equation 4.
     *
     * @param times one for each image
     * @param noise of the images' shape
     * @return √ᾱ x + √(1 − ᾱ) ε
     */
    static Tensor noisy(NoiseSchedule schedule, Tensor images, int[] times, Tensor noise) {
        float[] ofImage = new float[times.length];
        float[] ofNoise = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            ofImage[i] = (float) Math.sqrt(schedule.kept(times[i]));
            ofNoise[i] = (float) Math.sqrt(1 - schedule.kept(times[i]));
        }
        return images.mul(perImage(ofImage, images)).addcmul_(noise, perImage(ofNoise, images));
    }

    private static Tensor perImage(float[] values, Tensor images) {
        return Tensors.send(Tensors.of(values, values.length, 1, 1, 1), images.device(), ScalarType.Float);
    }

    private static LateNumbers losses(Tensor errors, int[] times) {
        LateNumbers losses = new LateNumbers();
        losses.put(LOSS, errors, each -> mean(each, IntStream.range(0, each.length)));
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            int its = quarter;
            int[] images = IntStream.range(0, times.length)
                    .filter(i -> times[i] * QUARTERS / NoiseSchedule.STEPS == its)
                    .toArray();
            if (images.length > 0) {
                losses.put(LOSS_OF_QUARTER + (quarter + 1), errors, each -> mean(each, IntStream.of(images)));
            }
        }
        return losses;
    }

    private static double mean(float[] errors, IntStream images) {
        double sum = 0;
        int count = 0;
        for (int i : images.toArray()) {
            sum += errors[i];
            count++;
        }
        return sum / count;
    }

    /** What images are drawn from: the average, where there is one, and then the raw weights are not worth measuring. */
    private UNet drawn() {
        return average.orElse(net);
    }

    private GeneratorWeights weights() {
        return average.isPresent() ? GeneratorWeights.EMA : GeneratorWeights.RAW;
    }

    @Override
    public Map<GeneratorWeights, Sampler> samplers() {
        return Map.of(weights(), DdpmSampler.of(drawn(), false, common, own, compute));
    }

    @Override
    public Map<GeneratorWeights, Map<String, Tensor>> snapshots() {
        return Map.of(weights(), StateDict.of(drawn()));
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TensorGroups.put(tensors, GeneratorWeights.RAW.file(), StateDict.of(net));
        average.ifPresent(its -> TensorGroups.put(tensors, GeneratorWeights.EMA.file(), StateDict.of(its)));
        TensorGroups.put(tensors, ADAM, adam.state());
        return tensors;
    }

    @Override
    public void restore(Map<String, Tensor> tensors, JsonNode memo) {
        StateDict.load(net, TensorGroups.of(GeneratorWeights.RAW.file(), tensors));
        average.ifPresent(its -> StateDict.load(its, TensorGroups.of(GeneratorWeights.EMA.file(), tensors)));
        adam.load(TensorGroups.of(ADAM, tensors));
    }

    @Override
    public double learningRate() {
        return adam.learningRate();
    }

    @Override
    public void scaleLearningRate(double factor) {
        adam.setLearningRate(adam.learningRate() * factor);
    }

    @Override
    public List<AlarmRule> alarmRules() {
        return List.of(new DenoisingRule());
    }

    @Override
    public void close() {
        dropout.ifPresent(Dropout::close);
        averaging.ifPresent(WeightAverage::close);
        adam.close();
        average.ifPresent(StateDict::free);
        StateDict.free(net);
    }
}
