package org.lesionforge.feed;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.image.SquareImages;
import org.lesionforge.torch.HostBytes;
import org.lesionforge.torch.OutOfMemory;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Brings images to a device as bytes, group by group. Where all of them fit into a quarter of a card's free memory they are copied there once, and groups are
 * gathered there. Else, and on the CPU, a thread reads two groups ahead. What a group holds is the same in both ways.
 */
public final class ImageFeed implements AutoCloseable {
    /** Images may take one part in so many of a card's free memory: the rest is for nets and what goes through them. */
    static final int SHARE = 4;

    /** Images that are read together on their way to stay on the card. */
    private static final int CHUNK = 64;

    /**
     * Images of one group.
     *
     * @param images which ones, by index
     * @param bytes n × side × side × 3, uint8, on the device; not to be written to
     */
    public record Group(int[] images, Tensor bytes) {}

    private final SquareImages images;
    private final Device device;
    private final Optional<Tensor> resident;

    private ImageFeed(SquareImages images, Device device, boolean resident) {
        this.images = images;
        this.device = device;
        this.resident = resident ? Optional.of(copied()) : Optional.empty();
    }

    /**
     * For images that are gone through once.
     *
     * @param images to be read; from one other thread
     * @param device where they are needed
     * @return a feed that holds no more than some groups at a time
     */
    public static ImageFeed once(SquareImages images, Device device) {
        return new ImageFeed(images, device, false);
    }

    /**
     * For images that are gone through again and again.
     *
     * @param images to be read; from one other thread
     * @param device where they are needed
     * @return a feed that may keep them on the card; to be closed
     */
    public static ImageFeed repeated(SquareImages images, Device device) {
        return new ImageFeed(images, device, device.is_cuda() && fits(images, device));
    }

    /** Of images that stay on the device, whatever that is. */
    static ImageFeed resident(SquareImages images, Device device) {
        return new ImageFeed(images, device, true);
    }

    /** By asking for as much: the allocator alone knows what is free. It keeps the memory, and has it for the images. */
    private static boolean fits(SquareImages images, Device device) {
        try (Scope scope = new Scope()) {
            empty(device, (long) SHARE * images.size() * images.imageBytes());
            return true;
        } catch (RuntimeException e) {
            if (OutOfMemory.is(e)) {
                return false;
            }
            throw e;
        }
    }

    private static Tensor empty(Device device, long... shape) {
        return torch.empty(shape, new TensorOptions(ScalarType.Byte).device(new DeviceOptional(device)), null);
    }

    private Tensor copied() {
        try (Scope scope = new Scope()) {
            Tensor all = empty(device, images.size(), images.side(), images.side(), 3);
            List<int[]> chunks = consecutive(images.size(), CHUNK);
            try (ReadAhead<HostBatch> reader = reader(chunks.iterator())) {
                for (int[] chunk : chunks) {
                    try (HostBatch batch = reader.next()) {
                        all.narrow(0, chunk[0], chunk.length).copy_(batch.bytes(), device.is_cuda());
                    }
                }
            }
            return Scope.own(all);
        }
    }

    /**
     * {@return 0 to {@code size} − 1 in groups}
     *
     * @param size images in all
     * @param most images in a group; the last one may have fewer
     */
    public static List<int[]> consecutive(int size, int most) {
        return IntStream.iterate(0, first -> first < size, first -> first + most)
                .mapToObj(first ->
                        IntStream.range(first, Math.min(first + most, size)).toArray())
                .toList();
    }

    private ReadAhead<HostBatch> reader(Iterator<int[]> groups) {
        Iterator<HostBatch> batches = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return groups.hasNext();
            }

            @Override
            public HostBatch next() {
                return HostBatch.read(images, groups.next(), device);
            }
        };
        return new ReadAhead<>(batches, HostBatch::close, ReadAhead.TWO);
    }

    /**
     * Goes through some groups of the images, in their order.
     *
     * @param groups of indices; asked for on another thread, ahead of their use
     * @return the groups; to be closed before this feed is
     */
    public Passage passage(Iterator<int[]> groups) {
        return new Passage(groups);
    }

    /** Frees what is resident. */
    @Override
    public void close() {
        resident.ifPresent(Tensor::close);
    }

    /** One way through groups of images. */
    public final class Passage implements AutoCloseable {
        private final Iterator<int[]> groups;
        private final Optional<ReadAhead<HostBatch>> reader;

        private Passage(Iterator<int[]> groups) {
            this.groups = groups;
            reader = resident.isPresent() ? Optional.empty() : Optional.of(reader(groups));
        }

        /**
         * Takes the next group.
         *
         * @return its images, in the memory of the scope that is open
         * @throws java.util.NoSuchElementException when there is none left
         * @throws RuntimeException what reading failed with
         */
        public Group next() {
            if (reader.isPresent()) {
                try (HostBatch batch = reader.get().next()) {
                    return new Group(batch.images(), HostBytes.on(batch.bytes(), device));
                }
            }
            int[] chosen = groups.next();
            try (Scope scope = new Scope()) {
                Tensor indices = Tensors.ofLongs(
                                IntStream.of(chosen).asLongStream().toArray(), chosen.length)
                        .to(device, ScalarType.Long);
                return new Group(chosen, scope.keep(resident.orElseThrow().index_select(0, indices)));
            }
        }

        /** Ends the thread that reads. */
        @Override
        public void close() {
            reader.ifPresent(ReadAhead::close);
        }
    }
}
