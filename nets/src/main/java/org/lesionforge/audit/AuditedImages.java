package org.lesionforge.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.Part;

/** All images of a data set, whatever their part, in the order of its table. */
final class AuditedImages implements ImageSet {
    private final Dataset dataset;
    private final int side;
    private final Map<String, Place> places = new HashMap<>();

    private record Place(ImagesAtSide part, int index) {}

    /** At the smallest stored side of at least {@code least} pixels, else at the largest. */
    AuditedImages(Dataset dataset, int least) {
        this.dataset = dataset;
        side = dataset.training().atLeast(least).side();
        for (Part each : Part.values()) {
            ImagesAtSide part = dataset.part(each).at(side);
            for (int i = 0; i < part.size(); i++) {
                places.put(part.id(i), new Place(part, i));
            }
        }
    }

    DatasetImage row(int i) {
        return dataset.images().get(i);
    }

    String label(int i) {
        return dataset.classes().get(row(i).label());
    }

    @Override
    public int size() {
        return dataset.images().size();
    }

    @Override
    public int width(int i) {
        return side;
    }

    @Override
    public int height(int i) {
        return side;
    }

    @Override
    public String id(int i) {
        return row(i).id();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        Place place = place(i);
        place.part().read(place.index(), target, offset);
    }

    @Override
    public String sha256(int i) {
        Place place = place(i);
        return place.part().sha256(place.index());
    }

    private Place place(int i) {
        return Objects.requireNonNull(places.get(id(i)));
    }
}
