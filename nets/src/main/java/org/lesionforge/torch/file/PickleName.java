package org.lesionforge.torch.file;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that a pickle may say; each stands for something built by {@link StatePickle}, none for Python's own. */
enum PickleName {
    ORDERED_DICT("collections OrderedDict"),
    SIZE("torch Size"),
    TENSOR("torch._utils _rebuild_tensor_v2"),
    PARAMETER("torch._utils _rebuild_parameter"),
    DOUBLES("torch DoubleStorage", NumberType.F64),
    FLOATS("torch FloatStorage", NumberType.F32),
    HALVES("torch HalfStorage", NumberType.F16),
    BFLOATS("torch BFloat16Storage", NumberType.BF16),
    LONGS("torch LongStorage", NumberType.I64),
    INTS("torch IntStorage", NumberType.I32),
    SHORTS("torch ShortStorage", NumberType.I16),
    CHARS("torch CharStorage", NumberType.I8),
    BYTES("torch ByteStorage", NumberType.U8),
    BOOLS("torch BoolStorage", NumberType.BOOL);

    private final String written;
    private final @Nullable NumberType storageType;

    PickleName(String written) {
        this(written, null);
    }

    PickleName(String written, @Nullable NumberType storageType) {
        this.written = written;
        this.storageType = storageType;
    }

    /** @param written module and name with a space between */
    static Optional<PickleName> of(String written) {
        return Arrays.stream(values())
                .filter(name -> name.written.equals(written))
                .findFirst();
    }

    /** The type of the numbers; empty where the name is not a storage's. */
    Optional<NumberType> storageType() {
        return Optional.ofNullable(storageType);
    }
}
