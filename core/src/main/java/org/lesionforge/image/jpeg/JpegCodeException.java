package org.lesionforge.image.jpeg;

/** Bits of a JPEG's scan that cannot mean anything. The message is a noun; who catches it knows the place. */
final class JpegCodeException extends Exception {
    private static final long serialVersionUID = 1L;

    JpegCodeException(String what) {
        super(what);
    }
}
