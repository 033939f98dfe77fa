package org.lesionforge.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

@Timeout(60)
final class ImageFeedTest {
    private static final int SIDE = 3;
    private static final int IMAGES = 150;

    /** Each image has bytes of its own; reading takes a while. */
    private static final class SlowImages implements SquareImages {
        int damaged = -1;

        @Override
        public int size() {
            return IMAGES;
        }

        @Override
        public int side() {
            return SIDE;
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            if (i == damaged) {
                throw new UnusableInputException("image " + i + " is damaged");
            }
            for (int k = 0; k < imageBytes(); k++) {
                target[offset + k] = (byte) (31 * i + 7 * k);
            }
        }
    }

    private static final List<int[]> GROUPS =
            List.of(new int[] {5, 0, 149}, new int[] {7, 7}, new int[] {64, 63, 65, 2}, new int[] {1});

    private final SlowImages images = new SlowImages();

    private static byte[] bytes(Tensor tensor) {
        byte[] bytes = new byte[(int) tensor.numel()];
        new BytePointer(tensor.data_ptr()).get(bytes);
        return bytes;
    }

    private List<byte[]> fed(ImageFeed feed) {
        List<byte[]> fed = new ArrayList<>();
        try (ImageFeed.Passage passage = feed.passage(GROUPS.iterator())) {
            for (int[] group : GROUPS) {
                try (Scope scope = new Scope()) {
                    ImageFeed.Group next = passage.next();
                    assertArrayEquals(group, next.images());
                    assertArrayEquals(new long[] {group.length, SIDE, SIDE, 3}, Tensors.shape(next.bytes()));
                    fed.add(bytes(next.bytes()));
                }
            }
        }
        return fed;
    }

    @Test
    void whatIsReadAheadAndWhatIsResidentAreTheBytesOfTheImages() {
        try (ImageFeed once = ImageFeed.once(images, new Device("cpu"));
                ImageFeed repeated = ImageFeed.repeated(images, new Device("cpu"));
                ImageFeed resident = ImageFeed.resident(images, new Device("cpu"))) {
            for (ImageFeed feed : List.of(once, repeated, resident)) {
                for (int passage = 0; passage < 2; passage++) {
                    List<byte[]> fed = fed(feed);
                    for (int g = 0; g < GROUPS.size(); g++) {
                        assertArrayEquals(images.selected(GROUPS.get(g)).pixels(), fed.get(g));
                    }
                }
            }
        }
    }

    @Test
    void onlyOneThreadReadsAndNoneIsLeftAfterwards() {
        try (ImageFeed feed = ImageFeed.once(images, new Device("cpu"))) {
            ImageFeed.Passage passage = feed.passage(GROUPS.iterator());
            assertEquals(1, ReaderThreads.count());
            passage.close();
            assertEquals(0, ReaderThreads.count(), "stopped in the middle");
        }
    }

    @Test
    void aDamagedImageFailsWhenItsGroupHasItsTurn() {
        images.damaged = 64;
        try (ImageFeed feed = ImageFeed.once(images, new Device("cpu"));
                ImageFeed.Passage passage = feed.passage(GROUPS.iterator());
                Scope scope = new Scope()) {
            passage.next();
            passage.next();
            assertEquals(
                    "image 64 is damaged",
                    assertThrows(UnusableInputException.class, passage::next).getMessage());
        }
        assertEquals(0, ReaderThreads.count());
        assertThrows(UnusableInputException.class, () -> ImageFeed.resident(images, new Device("cpu")));
    }

    @Test
    void consecutiveGroupsCoverAllImagesOnce() {
        assertEquals("[[0, 1, 2], [3, 4, 5], [6]]", text(ImageFeed.consecutive(7, 3)));
        assertEquals("[[0, 1]]", text(ImageFeed.consecutive(2, 8)));
        assertEquals("[]", text(ImageFeed.consecutive(0, 8)));
    }

    private static String text(List<int[]> groups) {
        return groups.stream().map(Arrays::toString).toList().toString();
    }
}
