package org.lesionforge.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** Marks are written here byte by byte after the formats' specifications, not by the program's own writers. */
final class GeneratorMarksTest {
    private static final String XMP_NAME = "http://ns.adobe.com/xap/1.0/\0";
    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    /** What generators and the formats' own vocabularies say; texts that Stable Diffusion web UI, ComfyUI, InvokeAI and NovelAI write. */
    private static final List<String> TEXTS = List.of(
            "a melanoma, dermoscopy\nNegative prompt: hair\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1",
            "{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": 5}}}",
            "{\"steps\": 28, \"sampler\": \"k_euler\", \"uc\": \"lowres\"}",
            "Stable Diffusion XL 1.0",
            "NovelAI",
            "DALL\u00b7E 3",
            "Midjourney v6 --ar 1:1 Job ID: 2c9f1e1a-5a0b-4d10-9f0e-000000000000",
            "Adobe Firefly",
            "Made with Google AI",
            "ChatGPT");

    @TempDir
    Path folder;

    private final List<Path> planted = new ArrayList<>();

    @Test
    void aHundredPlantedMarksAreAllFound() throws IOException {
        for (String text : TEXTS) {
            png("tEXt", join(latin1("Comment\0"), latin1(text)));
            png("zTXt", join(latin1("Description\0\0"), deflated(latin1(text))));
            png("iTXt", join(latin1("Software\0\0\0\0\0"), utf8(text)));
            png("iTXt", join(latin1("Software\0\1\0en\0\0"), deflated(utf8(text))));
            png("eXIf", tiff(utf8(text)));
            jpeg(
                    0xE1,
                    join(
                            latin1("Exif\0\0"),
                            tiff(join(latin1("UNICODE\0"), text.getBytes(StandardCharsets.UTF_16BE)))));
            jpeg(0xFE, utf8(text));
        }
        for (String keyword : List.of(
                "parameters", "prompt", "workflow", "Dream", "sd-metadata", "invokeai_metadata", "Generator-SHA256")) {
            png("tEXt", latin1(keyword + "\0anything"));
        }
        for (String type : List.of("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")) {
            String xmp = "<x:xmpmeta><rdf:Description Iptc4xmpExt:DigitalSourceType=\"" + SOURCE_TYPE + type + "\"/>";
            png("iTXt", join(latin1("XML:com.adobe.xmp\0\0\0\0\0"), utf8(xmp)));
            png("zTXt", join(latin1("Raw profile type xmp\0\0"), deflated(rawProfile("xmp", utf8(xmp)))));
            png("caBX", join(latin1("\0\0\1\0jumb\0\0\0\0jumdc2pa\0"), utf8("digitalSourceType" + SOURCE_TYPE + type)));
            jpeg(0xE1, join(latin1(XMP_NAME), utf8(xmp)));
            jpeg(0xE1, join(latin1(XMP_NAME), xmp.getBytes(StandardCharsets.UTF_16LE)));
            extendedXmp(xmp);
            jumbf(xmp);
        }
        beside("manifest.csv", "path,class,run,snapshot,generator_sha256\nmalignant/a.png,malignant,r,5,ab\n", "a.png");
        beside("synthetic.json", "{\"format_version\": 1}", "b.png");
        beside("attribution.txt", "Synthetic images, class malignant. Their generator (SHA-256 ab)", "c.jpg");
        beside("notes.txt", "", "synthetic-run-00012.jpg");
        int images = planted.size();
        for (String json : List.of(
                "{\"generator\": \"G\"}",
                "{\"synthetic\": true}",
                "{\"network_pkl\": \"x.pkl\", \"truncation_psi\": 0.7}",
                "{\"model\": \"stable-diffusion-v1-5\"}",
                "{\"prompt\": \"melanoma\"}")) {
            Path array = folder.resolve("array" + planted.size() + ".npy");
            Files.writeString(array.resolveSibling("array" + planted.size() + ".json"), json);
            planted.add(array);
        }
        assertEquals(100, planted.size());
        GeneratorMarks marks = new GeneratorMarks();
        List<Path> missed = new ArrayList<>();
        for (int i = 0; i < planted.size(); i++) {
            Path file = planted.get(i);
            Optional<String> mark = i < images ? marks.of(file) : marks.ofArray(file);
            if (mark.isEmpty()) {
                missed.add(file);
            }
        }
        assertEquals(List.of(), missed);
    }

    @Test
    void whatCamerasAndPeopleWriteIsNoMark() throws IOException {
        png("tEXt", latin1("Software\0Adobe Photoshop 25.0"));
        png("tEXt", latin1("Comment\0dermatoscope, 20 steps of polarisation"));
        jpeg(0xE1, join(latin1("Exif\0\0"), tiff(latin1("Firefly DE300 dermatoscope"))));
        jpeg(0xE1, join(latin1(XMP_NAME), utf8(SOURCE_TYPE + "digitalCapture")));
        jpeg(0xE1, join(latin1(XMP_NAME), utf8(SOURCE_TYPE + "algorithmicallyEnhanced")));
        jpeg(0xEB, join(latin1("JP\0\1\0\0\0\1\0\0\1\0jumbc2pa c2pa.created"), utf8(SOURCE_TYPE + "digitalCapture")));
        beside("manifest.csv", "path,label\nd.png,benign\n", "d.png");
        beside("attribution.txt", "Owners by licence", "e.png");
        GeneratorMarks marks = new GeneratorMarks();
        for (Path file : planted) {
            assertEquals(Optional.empty(), marks.of(file), file.toString());
        }
        Path array = folder.resolve("real.npy");
        Files.writeString(folder.resolve("real.json"), "{\"synthetic\": false, \"generator\": null}");
        assertEquals(Optional.empty(), marks.ofArray(array));
    }

    /** 200 MB of zeros, deflated to 200 kB, in front of the mark: not inflated beyond the first megabyte. */
    @Test
    void aBombIsNotInflated() throws IOException {
        png("zTXt", join(latin1("Comment\0\0"), deflated(new byte[200 << 20])));
        long start = System.nanoTime();
        assertEquals(Optional.empty(), new GeneratorMarks().of(planted.get(0)));
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }

    @Test
    void preparingRefusesGeneratedImagesInHeldOutPartsAlone() throws IOException {
        for (String place : List.of("train/benign", "train/malignant", "test/benign", "test/malignant")) {
            real(place + "/a.png");
            real(place + "/b.png");
        }
        Path mark = folder.resolve("source/test/malignant/b.png");
        byte[] real = Files.readAllBytes(mark);
        Files.write(mark, withChunk(real, "tEXt", latin1("parameters\0Steps: 20, Sampler: Euler")));
        String refused = assertThrows(UnusableInputException.class, () -> prepare("refused", 0))
                .getMessage();
        assertTrue(refused.contains("1 image that was made by a generator"), refused);
        assertTrue(refused.contains("test/malignant/b.png (PNG text \"parameters\")"), refused);
        Files.write(mark, real);
        Path train = folder.resolve("source/train/malignant/b.png");
        Files.write(
                train, withChunk(Files.readAllBytes(train), "tEXt", latin1("parameters\0Steps: 20, Sampler: Euler")));
        assertEquals(8, prepare("accepted", 0).images());
        assertThrows(UnusableInputException.class, () -> prepare("drawn", 0.4), "it could come into validation");
    }

    /** Every image of both collections, which cameras took. */
    @Test
    void noRealImageIsMistaken() {
        Path data = SharedFolder.require().resolve("data");
        GeneratorMarks marks = new GeneratorMarks();
        int count = 0;
        List<String> mistaken = new ArrayList<>();
        for (String collection : List.of("ham10000_224", "isic2017_256")) {
            List<ImageFolder.Entry> images =
                    ImageFolder.of(data.resolve(collection)).images();
            count += images.size();
            images.parallelStream()
                    .filter(image -> marks.of(image.path()).isPresent())
                    .map(ImageFolder.Entry::id)
                    .forEachOrdered(mistaken::add);
        }
        assertEquals(6163, count);
        assertEquals(List.of(), mistaken);
    }

    private Preparation.Result prepare(String out, double validation) throws IOException {
        PreparationOptions usual = PreparationOptions.of(folder.resolve("source"), folder.resolve(out));
        return Preparation.run(
                PreparationOptions.of(usual.source(), usual.out())
                        .with()
                        .labels(usual.labels())
                        .grouping(usual.grouping())
                        .partNames(usual.partNames())
                        .spanning(usual.spanning())
                        .classes(usual.classes())
                        .sizes(List.of(4))
                        .fit(usual.fit())
                        .test(0)
                        .validation(validation)
                        .threads(1)
                        .build(),
                Progress.SILENT);
    }

    private void real(String name) throws IOException {
        Path file = folder.resolve("source").resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 3, name.hashCode() & 0xFFFFFF);
        ImageIO.write(image, "png", file.toFile());
    }

    private void png(String type, byte[] content) throws IOException {
        plant("png", withChunk(image("png"), type, content));
    }

    /** After IHDR, which is 8 + 25 bytes. */
    private static byte[] withChunk(byte[] png, String type, byte[] content) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(chunk);
        out.writeInt(content.length);
        out.write(latin1(type));
        out.write(content);
        CRC32 crc = new CRC32();
        crc.update(join(latin1(type), content));
        out.writeInt((int) crc.getValue());
        return insert(png, 33, chunk.toByteArray());
    }

    private void jpeg(int marker, byte[]... contents) throws IOException {
        byte[] file = image("jpg");
        int at = 2;
        for (byte[] content : contents) {
            ByteBuffer segment = ByteBuffer.allocate(4 + content.length)
                    .put((byte) 0xFF)
                    .put((byte) marker)
                    .putShort((short) (content.length + 2))
                    .put(content);
            file = insert(file, at, segment.array());
            at += segment.capacity();
        }
        plant("jpg", file);
    }

    /** In two pieces that cut the mark in two. */
    private void extendedXmp(String xmp) throws IOException {
        int cut = xmp.indexOf("AlgorithmicMedia") + 4;
        byte[] name = latin1("http://ns.adobe.com/xmp/extension/\0" + "0".repeat(32) + "\0\0\1\0\0\0\0\0");
        jpeg(0xE1, join(name, utf8(xmp.substring(0, cut))), join(name, utf8(xmp.substring(cut))));
    }

    private void jumbf(String text) throws IOException {
        int cut = text.indexOf("AlgorithmicMedia") + 4;
        byte[] first = join(latin1("JP\0\1\0\0\0\1"), latin1("\0\0\1\0jumb"), utf8(text.substring(0, cut)));
        byte[] second = join(latin1("JP\0\1\0\0\0\2"), latin1("\0\0\1\0jumb"), utf8(text.substring(cut)));
        jpeg(0xEB, first, second);
    }

    private void beside(String table, String content, String image) throws IOException {
        Path set = folder.resolve("set" + planted.size());
        Path file = Files.createDirectories(set.resolve("malignant")).resolve(image);
        Files.writeString(set.resolve(table), content);
        Files.write(file, image(image.substring(image.lastIndexOf('.') + 1)));
        planted.add(file);
    }

    private void plant(String extension, byte[] bytes) throws IOException {
        planted.add(Files.write(folder.resolve("planted" + planted.size() + "." + extension), bytes));
    }

    private static byte[] image(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    /** Big-endian, one entry: the tag Software, or whatever the reader takes it for. */
    private static byte[] tiff(byte[] text) {
        return ByteBuffer.allocate(26 + text.length)
                .put(latin1("MM\0*"))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0131)
                .putShort((short) 2)
                .putInt(text.length)
                .putInt(26)
                .putInt(0)
                .put(text)
                .array();
    }

    private static byte[] rawProfile(String name, byte[] content) {
        return latin1(
                "\n" + name + "\n  " + content.length + "\n" + HexFormat.of().formatHex(content) + "\n");
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] insert(byte[] file, int at, byte[] content) {
        return ByteBuffer.allocate(file.length + content.length)
                .put(file, 0, at)
                .put(content)
                .put(file, at, file.length - at)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] latin1(String text) {
        return encoded(text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return encoded(text, StandardCharsets.UTF_8);
    }

    private static byte[] encoded(String text, Charset charset) {
        return text.getBytes(charset);
    }
}
