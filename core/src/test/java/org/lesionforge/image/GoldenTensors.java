package org.lesionforge.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Just enough of safetensors to read the golden files; independent of the program's own reader. */
final class GoldenTensors {
    private final ByteBuffer file;
    private final JsonNode header;
    private final int dataStart;

    GoldenTensors(Path path) throws IOException {
        file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong(0);
        header = new ObjectMapper().readTree(file.array(), 8, length);
        dataStart = 8 + length;
    }

    byte[] bytes(String name) {
        JsonNode offsets = header.get(name).get("data_offsets");
        byte[] bytes = new byte[offsets.get(1).asInt() - offsets.get(0).asInt()];
        file.get(dataStart + offsets.get(0).asInt(), bytes);
        return bytes;
    }
}
