package org.lesionforge.isic;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One image as the archive lists it.
 *
 * @param id {@code ISIC_0000000}
 * @param licence {@code CC-0}, {@code CC-BY} or {@code CC-BY-NC}
 * @param attribution whom to name
 * @param full the image itself
 * @param thumbnail at most 256 pixels wide and high
 * @param metadata field by field, in the archive's order; what is not known is absent
 */
public record ArchiveImage(
        String id,
        String licence,
        String attribution,
        RemoteFile full,
        RemoteFile thumbnail,
        Map<String, String> metadata) {

    /** @param address may be valid for some hours only */
    public record RemoteFile(URI address, long bytes) {}

    private static final String ID = "ISIC_\\d{7,9}";

    static ArchiveImage of(JsonNode json) throws UnexpectedAnswerException {
        String id = json.path("isic_id").asText();
        // It becomes the name of a file.
        if (!id.matches(ID)) {
            throw new UnexpectedAnswerException("an image has the id '" + id + "'");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        json.path("metadata").forEach(group -> group.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                metadata.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString());
            }
        }));
        return new ArchiveImage(
                id,
                json.path("copyright_license").asText("unknown"),
                json.path("attribution").asText("unknown"),
                file(json.at("/files/full"), id),
                file(json.at("/files/thumbnail_256"), id),
                metadata);
    }

    private static RemoteFile file(JsonNode json, String id) throws UnexpectedAnswerException {
        String address = json.path("url").asText();
        long bytes = json.path("size").asLong();
        if (!address.matches("https?://.*") || bytes < 1) {
            throw new UnexpectedAnswerException("the image " + id + " has no file");
        }
        try {
            return new RemoteFile(URI.create(address), bytes);
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException("the image " + id + " is at '" + address + "'", e);
        }
    }

    /** The number in the id. */
    int number() {
        return Integer.parseInt(id.substring(id.indexOf('_') + 1));
    }
}
