package org.lesionforge.nn;

import java.util.List;

/**
 * What a walk through a built network finds.
 *
 * @param rows its layers, from the input on
 */
public record ModelSummary(List<Row> rows) {
    /**
     * A layer.
     *
     * @param name in the weights' files
     * @param does what it does, its normalisation and its activation
     * @param channels of its output
     * @param side of its output, in places
     * @param parameters that it learns, its normalisation's among them
     * @param patch side in pixels of the part of the image that one place of its output sees, or that it reaches where the network draws the
     *     image; it may exceed the image
     * @param multiplyAdds of its convolutions and linear layers, for one image
     */
    public record Row(
            String name, String does, long channels, int side, long parameters, int patch, long multiplyAdds) {
        /** {@return how many numbers its output has, for one image} */
        public long values() {
            return channels * side * side;
        }
    }

    /**
     * Copies the rows.
     *
     * @param rows from the input on
     */
    public ModelSummary {
        rows = List.copyOf(rows);
    }

    /** {@return how many numbers the network learns} */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** {@return multiplications that are each followed by an addition, for one image, through all layers} */
    public long multiplyAdds() {
        return rows.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /**
     * The row of a layer.
     *
     * @param name in the weights' files
     * @return what the walk found of it
     * @throws IllegalArgumentException when there is none
     */
    public Row row(String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no layer " + name));
    }
}
