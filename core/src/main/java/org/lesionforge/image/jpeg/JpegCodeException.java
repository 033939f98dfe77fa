package org.lesionforge.image.jpeg;

/** Invalid codes in a JPEG's scan. The message is a noun phrase; the catching code adds the position. */
final class JpegCodeException extends Exception {
    private static final long serialVersionUID = 1L;

    JpegCodeException(String what) {
        super(what);
    }
}
