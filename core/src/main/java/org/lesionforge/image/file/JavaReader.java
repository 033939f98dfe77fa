package org.lesionforge.image.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import org.lesionforge.image.UnreadableImageException;

/** Decodes a file in memory with one of Java's decoders; a failure becomes a reason. */
final class JavaReader {
    /** A call of the decoder. */
    @FunctionalInterface
    interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private JavaReader() {}

    /**
     * @param reader disposed of afterwards
     * @param file closed afterwards
     */
    static <T> T read(FileKind kind, ImageReader reader, ImageInputStream file, Reading<T> reading)
            throws UnreadableImageException {
        List<String> damages = new ArrayList<>();
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> {
            // For JPEG data inside other formats libjpeg fills missing pixels with grey and only warns.
            if (warning.contains("Corrupt JPEG") || warning.contains("Truncated File")) {
                damages.add(warning);
            }
        });
        try (file) {
            reader.setInput(file, true, true);
            T read = reading.from(reader);
            if (!damages.isEmpty()) {
                throw new UnreadableImageException("damaged " + kind.title() + ": " + damages.get(0));
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableImageException(reason(kind, e), e);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(FileKind kind, Exception e) {
        if (e instanceof EOFException || e.getCause() instanceof EOFException) {
            return "truncated " + kind.title();
        }
        // On damaged data decoders throw all kinds of unchecked exceptions, whose messages are about arrays.
        String said = e instanceof RuntimeException || e.getMessage() == null
                ? "its pixels cannot be decoded"
                : e.getMessage().lines().findFirst().orElse("its pixels cannot be decoded");
        return "damaged " + kind.title() + ": " + said;
    }
}
