package org.lesionforge.isic;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One image as the archive lists it.
 *
 * @param id {@code ISIC_0000000}
 * @param licence {@code CC-0}, {@code CC-BY} or {@code CC-BY-NC}
 * @param attribution whom to name
 * @param full the image itself; empty where the archive names no file with address and size
 * @param thumbnail at most 256 pixels wide and high; empty likewise
 * @param metadata field by field, in the archive's order; what is not known is absent
 */
public record ArchiveImage(
        String id,
        String licence,
        String attribution,
        Optional<RemoteFile> full,
        Optional<RemoteFile> thumbnail,
        Map<String, String> metadata) {

    /** @param address possibly valid for a few hours only */
    public record RemoteFile(URI address, long bytes) {}

    private static final String ID = "ISIC_\\d{7,9}";

    /** @param origin of the archive itself, whose files need no https */
    static ArchiveImage of(JsonNode json, Origin origin) throws UnexpectedAnswerException {
        String id = json.path("isic_id").asText();
        // It becomes the name of a file.
        if (!id.matches(ID)) {
            throw new UnexpectedAnswerException(
                    "an image has the isic_id '" + UnexpectedAnswerException.excerpt(id) + "', expected ISIC_0000000");
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
                file(json.at("/files/full"), origin),
                file(json.at("/files/thumbnail_256"), origin),
                metadata);
    }

    private static Optional<RemoteFile> file(JsonNode json, Origin origin) {
        JsonNode bytes = json.path("size");
        try {
            URI address = URI.create(json.path("url").asText());
            boolean isUsable = bytes.isIntegralNumber() && bytes.asLong() >= 1 && origin.mayServeFiles(address);
            return isUsable ? Optional.of(new RemoteFile(address, bytes.asLong())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The file to fetch; empty where the archive gives no address or size. */
    Optional<RemoteFile> file(boolean ofThumbnail) {
        return ofThumbnail ? thumbnail : full;
    }

    /** The number in the id. */
    int number() {
        return Integer.parseInt(id.substring(id.indexOf('_') + 1));
    }
}
