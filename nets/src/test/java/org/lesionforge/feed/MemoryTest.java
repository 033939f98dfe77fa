package org.lesionforge.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.torch.OutOfMemory;
import org.lesionforge.torch.Tensors;

/** What happens when memory is exhausted: planted, with the words of libtorch 2.10. */
final class MemoryTest {
    private static final String CUDA =
            "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.10 GiB of which 8.56 GiB"
                    + " is free.\nException raised from malloc at /pytorch/c10/cuda/CUDACachingAllocator.cpp:1553 (most"
                    + " recent call first):\nframe #0: c10::Error::Error";

    private final List<Integer> tried = new ArrayList<>();

    /** A card on which a step of more images than the limit fails. */
    private StepMemory card(int limit) {
        return new StepMemory(
                true,
                "cuda:0",
                images -> {
                    tried.add(images);
                    if (images > limit) {
                        throw new RuntimeException(CUDA);
                    }
                },
                images -> 0,
                () -> 0);
    }

    private static StepMemory machine(long bytesPerImage, long free) {
        return new StepMemory(
                false,
                "this machine",
                images -> {
                    throw new AssertionError("no step is tried on the CPU");
                },
                images -> images * bytesPerImage,
                () -> free);
    }

    @Test
    void theTextsOfAllAllocatorsAreRecognised() {
        for (String text : List.of(
                CUDA,
                "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
                "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
                        + " allocate 400000000000000 bytes. Error code 12 (Cannot allocate memory)",
                "std::bad_alloc")) {
            assertTrue(OutOfMemory.is(new RuntimeException(text)), text);
            assertTrue(OutOfMemory.is(new IllegalStateException("a step failed", new RuntimeException(text))), text);
        }
        assertFalse(OutOfMemory.is(new RuntimeException("CUDA error: an illegal memory access was encountered")));
        assertFalse(OutOfMemory.is(new RuntimeException((String) null)));
        assertFalse(
                OutOfMemory.is(new MissingRequirementException("explained", new RuntimeException(CUDA))),
                "what was explained keeps its explanation");
    }

    @Test
    void libtorchsOwnExceptionIsRecognised() {
        // 4 exabytes, which no machine has: the CPU's allocator says so.
        RuntimeException failure = assertThrows(RuntimeException.class, () -> org.bytedeco
                .pytorch
                .global
                .torch
                .empty(new long[] {1L << 60})
                .close());
        assertTrue(OutOfMemory.is(failure), failure.getMessage());
        assertTrue(Tensors.ofLongs(new long[1], 1).defined(), "and libtorch works on");
    }

    @Test
    void theLargestBatchIsFoundByDoublingOnce() {
        assertEquals(OptionalInt.of(64), card(100).largest(1024));
        assertEquals(List.of(2, 4, 8, 16, 32, 64, 128), tried);
    }

    @Test
    void noMoreIsTriedThanIsWanted() {
        assertEquals(OptionalInt.of(128), card(1000).largest(128));
        assertEquals(List.of(2, 4, 8, 16, 32, 64, 128), tried);
        tried.clear();
        assertEquals(OptionalInt.of(100), card(1000).largest(100));
        assertEquals(List.of(2, 4, 8, 16, 32, 64, 100), tried);
    }

    @Test
    void whereTwoImagesDoNotFitNothingDoes() {
        assertEquals(OptionalInt.empty(), card(1).largest(64));
        String message = assertThrows(MissingRequirementException.class, () -> card(1).require(64))
                .getMessage();
        assertTrue(message.contains("no memory in cuda:0 for a training step of 2 images"), message);
    }

    @Test
    void anotherFailureOfATrialIsNotTakenForMemory() {
        IllegalStateException failure = new IllegalStateException("a bug");
        StepMemory memory = new StepMemory(
                true,
                "cuda:0",
                images -> {
                    throw failure;
                },
                images -> 0,
                () -> 0);
        assertSame(failure, assertThrows(IllegalStateException.class, () -> memory.largest(8)));
    }

    @Test
    void onTheCpuTheEstimateDecides() {
        // Twice 100 bytes for each of 32 images are 6400, of 64 images 12800.
        assertEquals(OptionalInt.of(32), machine(100, 6400).largest(1024));
        assertEquals(OptionalInt.of(16), machine(100, 6399).largest(1024));
        assertEquals(OptionalInt.empty(), machine(100, 399).largest(1024));
    }

    @Test
    void trainingsBesideEachOtherShareMemory() {
        assertEquals(OptionalInt.of(16), card(100).shared(4).largest(128));
        assertEquals(List.of(8, 16, 32, 64, 128), tried, "four times 2, 4, 8, 16 and 32 images");
        assertEquals(OptionalInt.of(8), machine(100, 6400).shared(4).largest(128));
    }

    @Test
    void aTrainingThatRunsOutOfMemorySaysTheLargestBatchThatFits() {
        RuntimeException explained = card(50).explained(new RuntimeException(CUDA), 128, "--micro-batch");
        assertEquals(
                "the memory of cuda:0 does not hold a training step of 128 images at once; the largest batch found that"
                        + " fits has 32: begin again with --micro-batch 32, or resume when memory that other programs use is"
                        + " free (libtorch: CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of"
                        + " 79.10 GiB of which 8.56 GiB is free.)",
                explained.getMessage());
        assertEquals(MissingRequirementException.class, explained.getClass());
        assertEquals(List.of(2, 4, 8, 16, 32, 64), tried, "not 128 again");
        assertTrue(card(1).explained(new RuntimeException(CUDA), 2, "--batch")
                .getMessage()
                .contains("not even 2 fit"));
        IllegalStateException other = new IllegalStateException("a bug");
        assertSame(other, card(50).explained(other, 128, "--batch"));
    }

    /** A network that takes no more than so many images. */
    private static Pieces.Work network(int limit, List<String> taken) {
        return (first, count) -> {
            if (count > limit) {
                throw new RuntimeException(CUDA);
            }
            taken.add(first + "+" + count);
        };
    }

    @Test
    void aBatchIsTakenInPiecesThatFitFromThenOn() {
        Pieces pieces = new Pieces();
        List<String> taken = new ArrayList<>();
        pieces.of(10, network(100, taken));
        pieces.of(10, network(3, taken));
        pieces.of(5, network(100, taken));
        // 10 are too many, 5 are, 2 fit: and stay the most that is tried.
        assertEquals(List.of("0+10", "0+2", "2+2", "4+2", "6+2", "8+2", "0+2", "2+2", "4+1"), taken);
    }

    @Test
    void whereOneImageDoesNotFitNothingIsLeftToTry() {
        String message = assertThrows(
                        MissingRequirementException.class, () -> new Pieces().of(3, network(0, new ArrayList<>())))
                .getMessage();
        assertTrue(message.startsWith("there is no memory to take even one image through the network"), message);
        IllegalStateException other = new IllegalStateException("a bug");
        assertSame(other, assertThrows(IllegalStateException.class, () -> new Pieces().of(3, (first, count) -> {
            throw other;
        })));
    }
}
