package org.lesionforge.image.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The kind of a file by its first bytes, whatever its name; with a remedy for kinds that are not read. */
public enum FileKind {
    /** Baseline, progressive and the rarer codings. */
    JPEG("JPEG"),
    /** Animated ones too: the picture shown by programs that know still pictures. */
    PNG("PNG"),
    /** Windows bitmap. */
    BMP("BMP"),
    /** Animated ones too: the first frame. */
    GIF("GIF"),
    /** Of several pages the first. */
    TIFF("TIFF"),
    /** TIFF with 64-bit offsets. */
    BIG_TIFF("BigTIFF"),
    /** Lossy and lossless. */
    WEBP("WebP"),

    /** HEIF with HEVC, the camera format of iPhones. */
    HEIC("HEIC", Role.IMAGE, Remedy.CONVERT),
    /** HEIF with AV1. */
    AVIF("AVIF", Role.IMAGE, Remedy.CONVERT),
    /** Medical images with data of the patient. */
    DICOM("DICOM", Role.IMAGE, "convert it to PNG, for instance with dcm2img of DCMTK"),
    /** Volumes of MRI and CT. */
    NIFTI("NIfTI", Role.IMAGE, "export its slices as PNG"),
    /** Files ({@code jp2}) and bare code streams. */
    JPEG_2000("JPEG 2000", Role.IMAGE, Remedy.CONVERT),
    /** Containers and bare code streams. */
    JPEG_XL("JPEG XL", Role.IMAGE, Remedy.CONVERT),
    /** Also called HD Photo. */
    JPEG_XR("JPEG XR", Role.IMAGE, Remedy.CONVERT),
    /** The sensor's values, in one of the formats of camera makers. */
    CAMERA_RAW("camera raw", Role.IMAGE, "develop it to PNG or JPEG"),
    /** Layers, {@code psd} and {@code psb}. */
    PHOTOSHOP("Photoshop", Role.IMAGE, Remedy.CONVERT),
    /** Layers, {@code xcf}. */
    GIMP("GIMP", Role.IMAGE, Remedy.CONVERT),
    /** Vectors, not pixels. */
    SVG("SVG drawing", Role.IMAGE, Remedy.CONVERT),
    /** Several sizes of a picture in one file. */
    ICON("Windows icon", Role.IMAGE, Remedy.CONVERT),
    /** The plain formats of Netpbm. */
    PORTABLE_MAP("PBM, PGM, PPM or PAM", Role.IMAGE, Remedy.CONVERT),
    /** Floating-point pixels. */
    OPEN_EXR("OpenEXR", Role.IMAGE, Remedy.CONVERT),
    /** Floating-point pixels of the RGBE form. */
    RADIANCE("Radiance HDR", Role.IMAGE, Remedy.CONVERT),
    /** The format of astronomy. */
    FITS("FITS", Role.IMAGE, Remedy.CONVERT),
    /** An array, {@code npy}: it may hold pictures, and it may not. */
    NUMPY("NumPy array", Role.OTHER, "write its pictures as PNG"),

    /** No bytes. */
    EMPTY("empty file", Role.OTHER, "copy or download it again"),
    /** Zeros alone, as failed copies leave them. */
    ZEROS("zero bytes", Role.OTHER, "its copy or download failed; repeat it"),
    /** HTML. */
    WEB_PAGE("web page", Role.OTHER, "a server sent it in the image's place; download the image itself"),
    /** Text in place of a file that Git LFS has. */
    GIT_LFS_POINTER("Git LFS pointer", Role.OTHER, "fetch the image itself with git lfs pull"),
    /** Text in place of a file that git-annex has. */
    GIT_ANNEX_POINTER("git-annex pointer", Role.OTHER, "fetch the image itself with git annex get"),
    /** What macOS keeps of a file on other file systems, {@code ._name}. */
    APPLE_DOUBLE("AppleDouble file of macOS", Role.OTHER, "it may be deleted; the image lies beside it"),
    /** Text that starts as a JSON object or array. */
    JSON("JSON", Role.OTHER, "a server may have sent it in the image's place; download the image itself"),
    /** XML other than SVG. */
    XML("XML", Role.OTHER, "a server may have sent it in the image's place; download the image itself"),
    /** Pages, which may hold images. */
    PDF("PDF", Role.OTHER, "extract its images, for instance with pdfimages"),
    /** Pages, or a drawing as {@code eps}. */
    POSTSCRIPT("PostScript", Role.OTHER, Remedy.CONVERT),
    /** Also office documents and NumPy's {@code npz}. */
    ZIP("ZIP archive", Role.OTHER, "unpack it"),
    /** Of gzip, tar and their like. */
    ARCHIVE("compressed archive", Role.OTHER, "unpack it"),
    /** Of any container. */
    VIDEO("video", Role.OTHER, "extract its frames as PNG"),
    /** Readable characters alone. */
    TEXT("text", Role.OTHER, "replace it by the image itself"),
    /** None of these. */
    UNKNOWN("unknown kind of file", Role.OTHER, Remedy.CONVERT);

    /** Number of first bytes that are examined. */
    static final int PREFIX = 1024;

    private static final Set<String> EXTENSIONS = Set.of(
            "jpg jpeg jpe jfif png bmp dib gif tif tiff webp heic heif avif dcm dicom jp2 j2k jpx jxl jxr psd svg ico"
                    .split(" "));

    private enum Role {
        READ,
        IMAGE,
        OTHER
    }

    private static final class Remedy {
        static final String CONVERT = "convert it to PNG or JPEG";
    }

    private final String title;
    private final Role role;
    private final String remedy;

    FileKind(String title) {
        this(title, Role.READ, "");
    }

    FileKind(String title, Role role, String remedy) {
        this.title = title;
        this.role = role;
        this.remedy = remedy;
    }

    /**
     * Reads the first bytes of a file.
     *
     * @param file of any kind
     * @return its kind; never by its name
     * @throws IOException when the file cannot be opened
     */
    public static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(PREFIX));
        }
    }

    /** @param start the first {@value #PREFIX} bytes of a file; fewer when it is shorter */
    static FileKind of(byte[] start) {
        return new Signature(start).kind();
    }

    /**
     * {@return whether the ending of a file's name is that of an image}
     *
     * @param name with or without folders; upper and lower case are one
     */
    public static boolean isImageName(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && name.indexOf('.') >= 0;
    }

    /** Whether {@link ImageDecoder} reads such files. */
    boolean isRead() {
        return role == Role.READ;
    }

    /** {@return whether such a file holds an image, read or not} */
    public boolean isImage() {
        return role != Role.OTHER;
    }

    /** As in a message: "JPEG", "Git LFS pointer". */
    String title() {
        return title;
    }

    /** Why a file of this kind is left out and what to do, for a list of skipped files. Empty when it {@linkplain #isRead is read}. */
    String reason() {
        return switch (role) {
            case READ -> "";
            case IMAGE -> title + ", which is not read; " + remedy;
            case OTHER -> (this == EMPTY ? title : "not an image: " + title) + "; " + remedy;
        };
    }
}
