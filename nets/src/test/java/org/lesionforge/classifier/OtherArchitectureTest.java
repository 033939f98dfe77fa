package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;

/** A card that names another network than the weights beside it are of. */
final class OtherArchitectureTest {
    @TempDir
    private Path folder;

    @Test
    void bothFilesAreNamedWithTheFirstNamesThatDoNotFit() throws IOException {
        Dataset dataset = ColouredSquares.prepare(folder, 8);
        ClassifierOptions options = ClassifierOptions.paper()
                .with()
                .size(ColouredSquares.SIDE)
                .epochs(1)
                .batch(4)
                .build();
        Path run = folder.resolve("run");
        try (Classifier trained = ClassifierTrainer.fromScratch(
                        BackboneZoo.STANDARD.named("mobilenet-v2").orElseThrow(),
                        options,
                        Compute.cpu(),
                        Progress.SILENT)
                .train(dataset.training(), Optional.empty(), epoch -> {})) {
            trained.save(run);
        }
        Path card = run.resolve("model.json");
        Files.writeString(card, Files.readString(card).replace("\"mobilenet-v2\"", "\"resnet-50\""));
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> Classifier.open(run, BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT))
                .getMessage();
        assertTrue(
                message.startsWith(run.resolve("model.safetensors") + " does not hold the ResNet-50 that " + card),
                message);
        // Of ResNet-50's 320 names none is MobileNet V2's.
        assertTrue(message.contains("missing [bn1.bias,") && message.contains("and 315 more, unknown ["), message);
        assertTrue(message.contains("train again with: lesionforge classify train"), message);
    }
}
