package org.lesionforge.data.source;

import java.util.List;
import java.util.Optional;
import org.lesionforge.data.Part;

/**
 * An image of a source, not yet decoded.
 *
 * @param id unique in the source
 * @param content its pixels
 * @param source path or name in the source
 * @param label the name of its class
 * @param group images of one group stay together
 * @param part the part given by the source
 * @param extra the values of the source's extra columns, in their order
 */
public record SourceImage(
        String id,
        ImageContent content,
        String source,
        String label,
        String group,
        Optional<Part> part,
        List<String> extra) {

    /**
     * {@return the image, with a part of its own}
     *
     * @param newPart in place of the source's
     */
    public SourceImage withPart(Part newPart) {
        return new SourceImage(id, content, source, label, group, Optional.of(newPart), extra);
    }

    /** {@return the image, to be put into any part} */
    public SourceImage withoutPart() {
        return new SourceImage(id, content, source, label, group, Optional.empty(), extra);
    }

    /**
     * {@return the image, in another class}
     *
     * @param newLabel in place of the source's
     */
    public SourceImage withLabel(String newLabel) {
        return new SourceImage(id, content, source, newLabel, group, part, extra);
    }

    /**
     * {@return the image, in another group}
     *
     * @param newGroup in place of the source's
     */
    public SourceImage withGroup(String newGroup) {
        return new SourceImage(id, content, source, label, newGroup, part, extra);
    }
}
