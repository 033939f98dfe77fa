package org.lesionforge.image;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/**
 * A JPEG file with a few filling bytes in place of its end mark.
 *
 * <p>libjpeg fills up with grey what is missing before an end mark, and tells only the standard error of the process. Where there is no end
 * mark it runs out of data instead, which every caller of it is told. The filling is what it reads ahead of the last pixel. It passes for a
 * block or two: of a file that has its end mark but lacks the bytes before it, the last 16×16 pixels can be wrong unnoticed, and no more.
 * A file of several scans runs out of data in any case.
 */
final class OpenEndedJpeg {
    private static final byte MARK = (byte) 0xFF;
    private static final byte END_OF_IMAGE = (byte) 0xD9;

    /** The 64 bits that libjpeg-turbo reads ahead, all of them set: no Huffman code is, so each block that is missing takes 34 of them. */
    private static final byte[] FILLING = {MARK, 0, MARK, 0, MARK, 0, MARK, 0, MARK, 0, MARK, 0, MARK, 0, MARK, 0};

    private OpenEndedJpeg() {}

    /** The file in native memory, to be closed; empty where it has no end mark. */
    static Optional<BytePointer> of(byte[] file) {
        for (int end = file.length - 2; end >= 0; end--) {
            if (file[end] == MARK && file[end + 1] == END_OF_IMAGE) {
                BytePointer open = new BytePointer(end + (long) FILLING.length);
                return Optional.of(
                        open.put(file, 0, end).position(end).put(FILLING).position(0));
            }
        }
        return Optional.empty();
    }
}
