package org.lesionforge.torch.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * A state dict as {@code torch.save} writes it, alone or within a training checkpoint, in either of its formats: a zip archive (since
 * PyTorch 1.6) or pickles followed by numbers. The pickles are read by {@link StatePickle}, which runs no code.
 */
final class PthFile implements TensorFile {
    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final SavedState state;
    private final Storages storages;

    /** Where the numbers are. */
    interface Storages {
        /** Begins at the first byte of {@code storage}. */
        InputStream open(StorageRef storage) throws IOException;
    }

    /** What a format's reader finds: the pickled value and the numbers it speaks of. */
    record Content(@Nullable Object value, Storages storages) {}

    private PthFile(Path file, SavedState state, Storages storages) {
        this.file = file;
        this.state = state;
        this.storages = storages;
    }

    /** Whether {@code file} begins as the files of {@code torch.save} do; false too when it cannot be read. */
    static boolean isPth(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Math.max(ZipPth.START.length, LegacyPth.START.length));
            return startsWith(start, ZipPth.START) || startsWith(start, LegacyPth.START);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws UnusableInputException when the file is damaged, or holds anything but a dictionary of tensors and what stands beside one */
    static PthFile open(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(ZipPth.START.length);
            boolean zip = startsWith(in.readNBytes(ZipPth.START.length), ZipPth.START);
            in.reset();
            Content content = zip ? ZipPth.read(file) : LegacyPth.read(file, in);
            return new PthFile(file, SavedState.of(content.value()), content.storages());
        } catch (UnusableInputException e) {
            throw new UnusableInputException("cannot use " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read " + file + ", it is damaged or cut short: " + e.getMessage() + "; fetch it again", e);
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(state.tensors().keySet());
    }

    @Override
    public long[] shape(String name) {
        return view(name).shapeArray();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> notes() {
        return state.notes();
    }

    @Override
    public Tensor tensor(String name) {
        TensorView view = view(name);
        try (Scope scope = new Scope();
                InputStream in = storages.open(view.storage())) {
            NumberType type = view.storage().type();
            in.skipNBytes(view.offset() * type.bytes());
            Tensor flat = Tensors.empty(type.scalarType, view.span());
            fill(flat, in);
            Tensor tensor =
                    flat.as_strided(view.shapeArray(), view.stridesArray()).contiguous();
            return scope.keep(FiniteTensor.require(tensor, name, file));
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read '" + Printable.excerpt(name) + "' of " + file + ": " + e.getMessage(), e);
        }
    }

    private static void fill(Tensor flat, InputStream in) throws IOException {
        long bytes = flat.nbytes();
        BytePointer memory = new BytePointer(flat.data_ptr());
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        for (long done = 0; done < bytes; done += chunk.length) {
            int part = (int) Math.min(chunk.length, bytes - done);
            if (in.readNBytes(chunk, 0, part) < part) {
                throw new EOFException("its numbers are cut short");
            }
            memory.position(done).put(chunk, 0, part);
        }
    }

    private TensorView view(String name) {
        TensorView view = state.tensors().get(name);
        if (view == null) {
            throw new IllegalArgumentException(file + " has no tensor '" + name + "'; it has " + names());
        }
        return view;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
