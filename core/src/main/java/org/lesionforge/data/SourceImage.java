package org.lesionforge.data;

import java.util.List;
import java.util.Optional;

/**
 * An image that a source offers, not yet decoded.
 *
 * @param id unique in the source
 * @param content its pixels
 * @param source how the source names it
 * @param label the name of its class
 * @param group images of one group stay together
 * @param part the part that the source asks for
 * @param extra the values of the source's extra columns, in their order
 */
record SourceImage(
        String id,
        ImageContent content,
        String source,
        String label,
        String group,
        Optional<Part> part,
        List<String> extra) {

    SourceImage withPart(Part newPart) {
        return new SourceImage(id, content, source, label, group, Optional.of(newPart), extra);
    }

    SourceImage withoutPart() {
        return new SourceImage(id, content, source, label, group, Optional.empty(), extra);
    }

    SourceImage withLabel(String newLabel) {
        return new SourceImage(id, content, source, newLabel, group, part, extra);
    }

    SourceImage withGroup(String newGroup) {
        return new SourceImage(id, content, source, label, newGroup, part, extra);
    }
}
