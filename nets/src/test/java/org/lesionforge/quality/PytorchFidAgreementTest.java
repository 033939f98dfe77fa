package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.quality.source.Source;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;

/**
 * From JPEG files to the number, against another stack on the same files: PyTorch 1.13 with the same weights for the features (files
 * decoded by Pillow 9.4, bilinear to 299×299 without antialiasing, 2x − 1), NumPy 1.24 for means and covariances, {@code sqrtm} of SciPy
 * 1.10: pytorch-fid's method with {@code --dims 768}.
 */
final class PytorchFidAgreementTest {
    private static final double FID_768 = 1.6509131399698185;
    private static final double KID_768 = 0.002183579950459702;

    @TempDir
    Path folder;

    @Test
    void twoFoldersOfPhotographs() throws IOException {
        Path shared = SharedFolder.require();
        Source real = first24(shared.resolve("data/ham10000_224/malignant"), "real");
        Source fake = first24(shared.resolve("data/isic2017_256/train/malignant"), "fake");
        PretrainedWeights weights = PretrainedWeights.open(
                shared.resolve("weights/fid_inception_2015_12_05_to_mixed_6e.safetensors"), BackboneZoo.STANDARD);
        try (Comparison comparison = new Comparison(
                Optional.of(Extractors.reader(
                        weights,
                        BackboneZoo.STANDARD.first().featureLayer(768).orElseThrow(),
                        Resize.PYTORCH_FID,
                        Optional.empty(),
                        Compute.cpu(),
                        Progress.SILENT)),
                Optional.empty(),
                0)) {
            Measurement found = comparison
                    .compare(real, fake, EnumSet.of(MetricGroup.FID, MetricGroup.KID), real, Optional.empty())
                    .measurement();
            assertEquals(FID_768, found.metrics().get("fid").value(), 1e-3 * FID_768);
            assertEquals(KID_768, found.metrics().get("kid").value(), 1e-3 * KID_768);
        }
    }

    private Source first24(Path photographs, String name) throws IOException {
        Path copies = Files.createDirectory(folder.resolve(name));
        List<Path> chosen;
        try (Stream<Path> files = Files.list(photographs)) {
            chosen = files.sorted().limit(24).toList();
        }
        for (Path file : chosen) {
            Files.copy(file, copies.resolve(file.getFileName()));
        }
        return Source.open(copies.toString(), Progress.SILENT);
    }
}
