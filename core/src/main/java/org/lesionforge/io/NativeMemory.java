package org.lesionforge.io;

/** JavaCPP's limit of memory outside the Java heap. */
public final class NativeMemory {
    private NativeMemory() {}

    /**
     * Lifts the limit: JavaCPP fails when a process exceeds twice the Java heap, but tensors and decoded images are
     * outside the heap. Takes effect only before the first native library is loaded, so code that loads one calls this
     * first.
     */
    public static void unlimited() {
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    }
}
