package org.lesionforge.io;

/** JavaCPP's guard of the memory outside of the Java heap. */
public final class NativeMemory {
    private NativeMemory() {}

    /**
     * JavaCPP stops a process whose memory passes twice the Java heap; tensors and decoded images live outside of the heap. Takes effect
     * only before the first native library is loaded, so code that loads one calls this first.
     */
    public static void unlimited() {
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    }
}
