package org.lesionforge.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.report.FakeRun;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** What TensorFlow's own classes read in the event files. */
final class TensorBoardExportTest {
    /** CRC-32C of RFC 3720, bit by bit; masked as in TensorFlow's {@code lib/hash/crc32c.h}. */
    private static int masked(byte[] data) {
        int crc = ~0;
        for (byte each : data) {
            crc ^= each & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    private static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (in.available() > 0) {
                byte[] length = in.readNBytes(8);
                assertEquals(masked(length), Integer.reverseBytes(in.readInt()));
                byte[] data = in.readNBytes((int) java.nio.ByteBuffer.wrap(length)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong());
                assertEquals(masked(data), Integer.reverseBytes(in.readInt()));
                events.add(Event.parseFrom(data));
            }
        }
        return events;
    }

    private static List<Summary.Value> values(List<Event> events, String tag) {
        return events.stream()
                .flatMap(event -> event.getSummary().getValueList().stream())
                .filter(value -> value.getTag().equals(tag))
                .toList();
    }

    private static Path only(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void checksumsOfTheStandard() {
        // The check value of CRC-32C is e3069283.
        assertEquals(
                Integer.rotateRight(0xe3069283, 15) + 0xa282ead8,
                masked("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void everyNumberGridAndTextOfAnExperiment(@TempDir Path folder) throws IOException {
        Path run = FakeRun.complete(folder.resolve("run"));
        Files.writeString(
                run.resolve("gan/alarms.jsonl"),
                "{\"kind\": \"mode_collapse\", \"since\": 3, \"iteration\": 1500, \"seen\": \"spread 0.1\", \"advice\": \"stop\"}\n");
        Path out = folder.resolve("board");
        TensorBoardExport.Written written = TensorBoardExport.write(run, out, Progress.SILENT);
        assertEquals(4, written.files().size(), written.toString());

        List<Event> gan = read(only(out.resolve("gan")));
        assertEquals("brain.Event:2", gan.get(0).getFileVersion());
        List<Summary.Value> losses = values(gan, "train/loss_g");
        // The last line of 2001 is cut short.
        assertEquals(2000, losses.size());
        assertEquals(3, losses.get(0).getSimpleValue());
        assertTrue(Float.isNaN(losses.get(6).getSimpleValue()));
        Event first = gan.stream()
                .filter(event -> event.getSummary().getValueCount() == 6)
                .findFirst()
                .orElseThrow();
        assertEquals(1, first.getStep());
        assertEquals(
                Files.getLastModifiedTime(run.resolve("gan/stats.jsonl")).toMillis() / 1000.0, first.getWallTime());
        assertEquals(0.7f, first.getSummary().getValue(0).getSimpleValue());

        List<Summary.Value> grids = values(gan, "samples");
        assertEquals(3, grids.size());
        assertEquals(1, grids.get(0).getImage().getWidth());
        assertEquals(1, grids.get(0).getImage().getHeight());
        assertArrayEquals(
                Files.readAllBytes(run.resolve("gan/samples/epoch-0010.png")),
                grids.get(0).getImage().getEncodedImageString().toByteArray());
        // Epoch 10 has the iterations 1000 to 1099; of 30, 20 is the last that is there.
        assertEquals(
                List.of(1099L, 2000L, 30L),
                gan.stream()
                        .filter(event -> event.getSummary().getValueCount() == 1
                                && event.getSummary().getValue(0).getTag().equals("samples"))
                        .map(Event::getStep)
                        .toList());

        Summary.Value alarm = values(gan, "alarms/mode_collapse").get(0);
        assertEquals("text", alarm.getMetadata().getPluginData().getPluginName());
        assertEquals(DataType.DT_STRING, alarm.getTensor().getDtype());
        assertEquals(1, alarm.getTensor().getTensorShape().getDim(0).getSize());
        assertTrue(alarm.getTensor().getStringVal(0).toStringUtf8().contains("spread 0.1"));
        assertTrue(!values(gan, "snapshots/kid_validation").isEmpty()
                || gan.stream()
                        .flatMap(event -> event.getSummary().getValueList().stream())
                        .anyMatch(value -> value.getTag().startsWith("snapshots/")));

        List<Event> arm = read(only(out.resolve("arms/none-seed0")));
        assertEquals(
                List.of(0.7f, 0.35f, (float) (0.7 / 3)),
                values(arm, "epochs/train_loss").stream()
                        .map(Summary.Value::getSimpleValue)
                        .toList());
        assertEquals(List.of(), values(arm, "epochs/validation_accuracy"));
        assertEquals(
                1,
                values(read(only(out)), "config").size(),
                Arrays.toString(Files.readAllBytes(run.resolve("config.json"))));
    }

    @Test
    void whatIsNotARun(@TempDir Path folder) throws IOException {
        UnusableInputException none = assertThrows(
                UnusableInputException.class,
                () -> TensorBoardExport.write(folder, folder.resolve("out"), Progress.SILENT));
        assertTrue(none.getMessage().contains("is not a run"), none.getMessage());
        Path run = FakeRun.complete(folder.resolve("run"));
        Files.writeString(run.resolve("gan/samples/epoch-0010.png"), "not an image, and long enough for a header");
        UnusableInputException grid = assertThrows(
                UnusableInputException.class,
                () -> TensorBoardExport.write(run, folder.resolve("out"), Progress.SILENT));
        assertTrue(grid.getMessage().contains("epoch-0010.png"), grid.getMessage());
    }
}
