package org.lesionforge.quality.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.quality.source.FileFeatures.Layout;
import org.lesionforge.quality.source.FileFeatures.Numbers;

class FileFeaturesTest {
    @TempDir
    Path folder;

    private static FileFeatures open(Path file, Layout layout) throws IOException {
        return FileFeatures.of(file.toString(), FileChannel.open(file, StandardOpenOption.READ), layout);
    }

    @Test
    void vectorsLieAtTheirStride() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(3 + 2 * 20).order(ByteOrder.LITTLE_ENDIAN);
        content.putDouble(3, 1.5).putDouble(11, 1e-60).putDouble(23, -7).putDouble(31, 0.1);
        Path file = Files.write(folder.resolve("values"), content.array());
        try (FileFeatures features = open(file, new Layout(3, 20, 2, 2, Numbers.DOUBLE_LITTLE_ENDIAN))) {
            assertArrayEquals(new float[] {1.5f, 0}, features.vector(0));
            float[] target = {9, 9, 9, 9};
            features.read(1, target, 1);
            assertArrayEquals(new float[] {9, -7, 0.1f, 9}, target);
            assertThrows(IndexOutOfBoundsException.class, () -> features.vector(2));
        }
    }

    @Test
    void aFileThatIsCutMeanwhileIsSaidToBe() throws IOException {
        Path file = Files.write(folder.resolve("values"), new byte[16]);
        try (FileFeatures features = open(file, new Layout(0, 8, 2, 2, Numbers.FLOAT_LITTLE_ENDIAN))) {
            features.vector(1);
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(12);
            }
            String message = assertThrows(UnusableInputException.class, () -> features.vector(1))
                    .getMessage();
            assertTrue(message.contains(file + ": it was cut short"), message);
        }
    }
}
