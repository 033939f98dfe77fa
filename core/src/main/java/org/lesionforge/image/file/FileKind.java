package org.lesionforge.image.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The kind of a file by its first bytes, whatever its name; with a remedy for kinds that are not read. */
public enum FileKind {
    JPEG("JPEG"),
    PNG("PNG"),
    BMP("BMP"),
    GIF("GIF"),
    TIFF("TIFF"),
    BIG_TIFF("BigTIFF"),
    WEBP("WebP"),

    HEIC("HEIC", Role.IMAGE, Remedy.CONVERT),
    AVIF("AVIF", Role.IMAGE, Remedy.CONVERT),
    DICOM("DICOM", Role.IMAGE, "convert it to PNG, for instance with dcm2img of DCMTK"),
    NIFTI("NIfTI", Role.IMAGE, "export its slices as PNG"),
    JPEG_2000("JPEG 2000", Role.IMAGE, Remedy.CONVERT),
    JPEG_XL("JPEG XL", Role.IMAGE, Remedy.CONVERT),
    JPEG_XR("JPEG XR", Role.IMAGE, Remedy.CONVERT),
    CAMERA_RAW("camera raw", Role.IMAGE, "develop it to PNG or JPEG"),
    PHOTOSHOP("Photoshop", Role.IMAGE, Remedy.CONVERT),
    GIMP("GIMP", Role.IMAGE, Remedy.CONVERT),
    SVG("SVG drawing", Role.IMAGE, Remedy.CONVERT),
    ICON("Windows icon", Role.IMAGE, Remedy.CONVERT),
    PORTABLE_MAP("PBM, PGM, PPM or PAM", Role.IMAGE, Remedy.CONVERT),
    OPEN_EXR("OpenEXR", Role.IMAGE, Remedy.CONVERT),
    RADIANCE("Radiance HDR", Role.IMAGE, Remedy.CONVERT),
    FITS("FITS", Role.IMAGE, Remedy.CONVERT),
    NUMPY("NumPy array", Role.OTHER, "write its pictures as PNG"),

    EMPTY("empty file", Role.OTHER, "copy or download it again"),
    ZEROS("zero bytes", Role.OTHER, "its copy or download failed; repeat it"),
    WEB_PAGE("web page", Role.OTHER, "a server sent it in the image's place; download the image itself"),
    GIT_LFS_POINTER("Git LFS pointer", Role.OTHER, "fetch the image itself with git lfs pull"),
    GIT_ANNEX_POINTER("git-annex pointer", Role.OTHER, "fetch the image itself with git annex get"),
    APPLE_DOUBLE("AppleDouble file of macOS", Role.OTHER, "it may be deleted; the image lies beside it"),
    JSON("JSON", Role.OTHER, "a server may have sent it in the image's place; download the image itself"),
    XML("XML", Role.OTHER, "a server may have sent it in the image's place; download the image itself"),
    PDF("PDF", Role.OTHER, "extract its images, for instance with pdfimages"),
    POSTSCRIPT("PostScript", Role.OTHER, Remedy.CONVERT),
    ZIP("ZIP archive", Role.OTHER, "unpack it"),
    ARCHIVE("compressed archive", Role.OTHER, "unpack it"),
    VIDEO("video", Role.OTHER, "extract its frames as PNG"),
    TEXT("text", Role.OTHER, "put the image itself in its place"),
    UNKNOWN("unknown kind of file", Role.OTHER, Remedy.CONVERT);

    /** Number of first bytes that are examined. */
    public static final int PREFIX = 1024;

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

    /** @throws IOException when the file cannot be opened */
    public static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(PREFIX));
        }
    }

    /** @param start the first {@value #PREFIX} bytes of a file; fewer when it is shorter */
    public static FileKind of(byte[] start) {
        return new Signature(start).kind();
    }

    /** Whether the ending of a file's name is that of an image. */
    public static boolean isImageName(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && name.indexOf('.') >= 0;
    }

    /** Whether {@link ImageDecoder} reads such files. */
    public boolean isRead() {
        return role == Role.READ;
    }

    /** Whether such a file holds an image, read or not. */
    public boolean isImage() {
        return role != Role.OTHER;
    }

    /** As in a message: "JPEG", "Git LFS pointer". */
    public String title() {
        return title;
    }

    /** Why a file of this kind is left out and what to do, for a list of skipped files. Empty when it {@linkplain #isRead is read}. */
    public String reason() {
        return switch (role) {
            case READ -> "";
            case IMAGE -> title + ", which is not read; " + remedy;
            case OTHER -> (this == EMPTY ? title : "not an image: " + title) + "; " + remedy;
        };
    }
}
