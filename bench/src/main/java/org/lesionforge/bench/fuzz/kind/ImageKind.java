package org.lesionforge.bench.fuzz.kind;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.mutation.PngChunks;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.JpegReference;
import org.lesionforge.bench.fuzz.reference.PngReference;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.PngWriter;

/** Photographs: {@code jpeg}, {@code png}. */
public final class ImageKind implements Kind {
    /** Says why a file is damaged. */
    @FunctionalInterface
    interface Reference {
        void check(byte[] file) throws DamagedException, IOException;
    }

    private static final int SIDE = 40;

    private final List<Sample> samples;
    private final List<Mutation> mutations;
    private final Reference reference;

    private ImageKind(List<Sample> samples, List<Mutation> mutations, Reference reference) {
        this.samples = samples;
        this.mutations = mutations;
        this.reference = reference;
    }

    /** Colour images with and without chroma subsampling, and grey ones, sequential and progressive. */
    public static ImageKind jpeg() throws IOException {
        return new ImageKind(
                List.of(
                        sample("jpeg", "baseline", BufferedImage.TYPE_INT_RGB, false),
                        sample("jpeg", "progressive", BufferedImage.TYPE_INT_RGB, true),
                        sample("jpeg", "grey", BufferedImage.TYPE_BYTE_GRAY, false),
                        sample("jpeg", "grey-progressive", BufferedImage.TYPE_BYTE_GRAY, true)),
                ByteMutations.ALL,
                JpegReference::check);
    }

    /** Every colour type and depth, interlaced and not, and one file as the program writes them. */
    public static ImageKind png() throws IOException {
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        PngWriter.write(Pictures.phantom(7, SIDE), Map.of("Comment", "synthetic"), own);
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        mutations.addAll(PngChunks.ALL);
        return new ImageKind(
                List.of(
                        sample("png", "rgb", BufferedImage.TYPE_3BYTE_BGR, false),
                        sample("png", "rgba", BufferedImage.TYPE_4BYTE_ABGR, true),
                        sample("png", "grey", BufferedImage.TYPE_BYTE_GRAY, true),
                        sample("png", "grey16", BufferedImage.TYPE_USHORT_GRAY, false),
                        sample("png", "palette", BufferedImage.TYPE_BYTE_INDEXED, false),
                        sample("png", "bits", BufferedImage.TYPE_BYTE_BINARY, true),
                        new Sample("own.png", own.toByteArray())),
                List.copyOf(mutations),
                PngReference::check);
    }

    private static Sample sample(String format, String name, int type, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(Pictures.buffered(type, SIDE, type), null, null), how);
        } finally {
            writer.dispose();
        }
        return new Sample(name + "." + format, bytes.toByteArray());
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public List<Mutation> mutations() {
        return mutations;
    }

    @Override
    public String value(String name, byte[] file) throws Exception {
        return Pictures.value(ImageDecoder.decode(file));
    }

    @Override
    public Verdict reference(Sample sample, byte[] file) throws IOException {
        try {
            reference.check(file);
            return Verdict.UNKNOWN;
        } catch (DamagedException e) {
            return Verdict.refuses(e.getMessage());
        }
    }
}
