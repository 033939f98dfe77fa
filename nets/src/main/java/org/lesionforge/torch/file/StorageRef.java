package org.lesionforge.torch.file;

/**
 * A storage that a pickle speaks of: {@code elements} numbers in a row, kept elsewhere in the file under {@code key}. Several tensors may
 * look at one storage.
 */
record StorageRef(String key, NumberType type, long elements) {
    long bytes() {
        return Math.multiplyExact(elements, (long) type.bytes());
    }
}
