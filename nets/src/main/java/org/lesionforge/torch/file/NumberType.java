package org.lesionforge.torch.file;

import java.util.Arrays;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Number types that tensor files and libtorch share, under safetensors' names. */
enum NumberType {
    F64(ScalarType.Double),
    I64(ScalarType.Long),
    F32(ScalarType.Float),
    I32(ScalarType.Int),
    F16(ScalarType.Half),
    BF16(ScalarType.BFloat16),
    I16(ScalarType.Short),
    U8(ScalarType.Byte),
    I8(ScalarType.Char),
    BOOL(ScalarType.Bool);

    final ScalarType scalarType;

    NumberType(ScalarType scalarType) {
        this.scalarType = scalarType;
    }

    int bytes() {
        return switch (this) {
            case F64, I64 -> 8;
            case F32, I32 -> 4;
            case F16, BF16, I16 -> 2;
            case U8, I8, BOOL -> 1;
        };
    }

    static NumberType of(String tensor, ScalarType scalarType) {
        return Arrays.stream(values())
                .filter(type -> type.scalarType == scalarType)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tensor '" + tensor + "' has type " + scalarType + ", which safetensors cannot hold"));
    }
}
