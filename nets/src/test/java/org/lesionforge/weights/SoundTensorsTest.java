package org.lesionforge.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.Safetensors;

/** Files whose numbers cannot be weights, though their names are right. */
final class SoundTensorsTest {
    private static final int CLASSES = 4;

    @TempDir
    private Path folder;

    /** A file of the toy network, one of whose tensors is changed. */
    private Path file(String name, UnaryOperator<Tensor> change) throws IOException {
        Path file = folder.resolve("made.safetensors");
        Backbone net = ToyBackbone.ARCHITECTURE.classifier(CLASSES).build(new Seed(1));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(net);
            state.put(name, change.apply(state.get(name)));
            Safetensors.write(file, state, Map.of());
        } finally {
            net.close();
        }
        return file;
    }

    private void fails(Path file, String... words) {
        String message = assertThrows(UnusableInputException.class, () -> PretrainedWeights.open(file, ToyBackbone.ZOO))
                .getMessage();
        assertTrue(message.contains(file.toString()), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void whatIsUnchangedIsSound() throws IOException {
        Path file = file("out.bias", bias -> bias);
        assertEquals(CLASSES, PretrainedWeights.open(file, ToyBackbone.ZOO).classes());
    }

    /** It would be read, and the bias left out without a word. */
    @Test
    void aBiasOfAnotherLayerThanItsMatrixIsRefused() throws IOException {
        fails(
                file("out.bias", bias -> bias.narrow(0, 1, CLASSES - 1)),
                "out.bias has shape [3], expected [4], as many as the rows of out.weight");
        fails(file("out.weight", weight -> weight.narrow(0, 1, CLASSES - 1)), "out.bias has shape [4], expected [3]");
    }

    @Test
    void quantisedWeightsAreRefused() throws IOException {
        fails(
                file("stem.kernel.weight", kernel -> kernel.mul(new Scalar(100)).to(ScalarType.Char)),
                "'stem.kernel.weight'",
                "whole numbers",
                "float32");
    }

    @Test
    void aVarianceBelowZeroIsRefused() throws IOException {
        fails(file("stem.norm.running_var", Tensor::neg), "'stem.norm.running_var'", "variances below 0");
    }
}
