package org.lesionforge.data;

/**
 * One row of a prepared data set's {@code images.csv}.
 *
 * @param row position in every pixel store
 * @param id unique in the data set
 * @param label index into the classes
 * @param group images of one group (patient, lesion) are always in one part
 * @param part where the split put it
 * @param source path as the source named it
 * @param width pixels of the source, after its EXIF rotation
 * @param height pixels of the source, after its EXIF rotation
 */
public record DatasetImage(
        int row, String id, int label, String group, Part part, String source, int width, int height) {
    DatasetImage in(Part other) {
        return new DatasetImage(row, id, label, group, other, source, width, height);
    }
}
