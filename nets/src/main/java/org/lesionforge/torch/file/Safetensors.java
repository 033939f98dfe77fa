package org.lesionforge.torch.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FileBytes;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * A safetensors file: named tensors and free text, which Python's {@code safetensors} reads and writes too. Unlike a pickle it cannot run
 * code.
 *
 * <p>Layout: eight bytes, the header's length, little-endian; the header in JSON; the tensors' bytes, little-endian and row-major. Opening
 * reads the header alone; each tensor is read when asked for.
 */
public final class Safetensors implements TensorFile {
    /** The format allows 100 MB; a header of 1,000 tensors has 100 KB. A larger number means that the file is something else. */
    private static final long LONGEST_HEADER = 10_000_000;

    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final long dataStart;
    private final SafetensorsHeader header;

    private Safetensors(Path file, long dataStart, SafetensorsHeader header) {
        this.file = file;
        this.dataStart = dataStart;
        this.header = header;
    }

    /**
     * Reads the header.
     *
     * @param file of any name
     * @return its tensors, none of them read yet
     * @throws UnusableInputException when the file is missing, cut short, or not a safetensors file
     */
    public static Safetensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("there is no file " + file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new UnusableInputException(file + " is not a safetensors file: it has only " + size + " bytes");
            }
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            FileBytes.fill(length, channel, 0);
            long headerBytes = length.getLong(0);
            if (headerBytes < 2 || headerBytes > Math.min(LONGEST_HEADER, size - Long.BYTES)) {
                throw new UnusableInputException(
                        file + " is not a safetensors file, or is cut short: its header would be "
                                + Long.toUnsignedString(headerBytes) + " bytes long, the file has " + size
                                + " and headers of up to " + LONGEST_HEADER + " are read");
            }
            ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
            FileBytes.fill(json, channel, Long.BYTES);
            long dataStart = Long.BYTES + headerBytes;
            return new Safetensors(
                    file, dataStart, SafetensorsHeader.parse(file.toString(), json.array(), size - dataStart));
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Names in the header's order. */
    @Override
    public Set<String> names() {
        return header.entries().keySet();
    }

    @Override
    public long[] shape(String name) {
        return entry(name).shapeArray();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public Tensor tensor(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, name, entry);
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read '" + Printable.excerpt(name) + "' of " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads every tensor, as {@link #tensor} does.
     *
     * @return the tensors by name, in the header's order
     * @throws UnusableInputException when the file cannot be read, or a value is NaN or infinite
     */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Map.Entry<String, SafetensorsHeader.Entry> named :
                    header.entries().entrySet()) {
                tensors.put(named.getKey(), read(channel, named.getKey(), named.getValue()));
            }
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return tensors;
    }

    /**
     * Replaces {@code file} by these tensors, whatever device they are on and however their memory is laid out.
     *
     * @param file to write; its folder is made where there is none
     * @param tensors by name; written widest types first, else in this order
     * @param metadata free text for {@code __metadata__}; may be empty
     * @return the file's SHA-256
     * @throws IllegalArgumentException when a tensor's type has no place in the format
     * @throws IOException when the file cannot be written
     */
    public static String write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        Map<String, NumberType> types = new LinkedHashMap<>();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            types.put(name, NumberType.of(name, tensor.scalar_type().intern()));
            shapes.put(name, Tensors.shape(tensor));
        });
        SafetensorsHeader header = SafetensorsHeader.of(types, shapes, metadata);
        byte[] json = header.toJson();
        return AtomicFile.writeHashed(file, out -> {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            for (String name : header.entries().keySet()) {
                copy(Objects.requireNonNull(tensors.get(name)), out);
            }
        });
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new IllegalArgumentException(file + " has no tensor '" + name + "'; it has " + names());
        }
        return entry;
    }

    private Tensor read(FileChannel channel, String name, SafetensorsHeader.Entry entry) throws IOException {
        Tensor tensor = Tensors.empty(entry.type().scalarType, entry.shapeArray());
        long bytes = entry.end() - entry.begin();
        for (long done = 0; done < bytes; done += CHUNK) {
            int part = (int) Math.min(CHUNK, bytes - done);
            ByteBuffer memory = new BytePointer(tensor.data_ptr())
                    .position(done)
                    .limit(done + part)
                    .asByteBuffer();
            FileBytes.fill(memory, channel, dataStart + entry.begin() + done);
        }
        return FiniteTensor.require(tensor, name, file);
    }

    private static void copy(Tensor tensor, OutputStream out) throws IOException {
        try (Scope scope = new Scope()) {
            Tensor plain =
                    tensor.detach().to(new Device("cpu"), tensor.scalar_type()).contiguous(MemoryFormat.Contiguous);
            BytePointer memory = new BytePointer(plain.data_ptr());
            byte[] chunk = new byte[CHUNK];
            long bytes = plain.nbytes();
            for (long done = 0; done < bytes; done += CHUNK) {
                int part = (int) Math.min(CHUNK, bytes - done);
                memory.position(done).get(chunk, 0, part);
                out.write(chunk, 0, part);
            }
        }
    }
}
