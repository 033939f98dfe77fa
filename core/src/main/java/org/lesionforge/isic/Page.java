package org.lesionforge.isic;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a listing.
 *
 * @param count of images on all pages; given on the first page only
 * @param next address of the next page; empty on the last
 */
record Page(OptionalLong count, Optional<URI> next, List<ArchiveImage> images) {
    /**
     * @param origin of the archive; a next page on another server is refused
     * @throws UnexpectedAnswerException naming the key that is missing or invalid
     */
    static Page of(JsonNode json, Origin origin) throws UnexpectedAnswerException {
        JsonNode results = json.path("results");
        if (!results.isArray()) {
            throw new UnexpectedAnswerException("it has no list 'results'");
        }
        List<ArchiveImage> images = new ArrayList<>();
        for (JsonNode image : results) {
            images.add(ArchiveImage.of(image, origin));
        }
        JsonNode count = json.path("count");
        if (!count.isMissingNode() && !count.isNull() && !(count.isIntegralNumber() && count.asLong() >= 0)) {
            throw new UnexpectedAnswerException(
                    "its 'count' is " + UnexpectedAnswerException.excerpt(count.toString()));
        }
        return new Page(
                count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty(),
                next(json.path("next"), origin),
                images);
    }

    private static Optional<URI> next(JsonNode next, Origin origin) throws UnexpectedAnswerException {
        if (next.isMissingNode() || next.isNull()) {
            return Optional.empty();
        }
        String address = UnexpectedAnswerException.excerpt(next.asText(next.toString()));
        try {
            URI uri = URI.create(next.asText());
            if (next.isTextual() && origin.has(uri)) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException("its 'next' page is at '" + address + "', which is not an address", e);
        }
        throw new UnexpectedAnswerException(
                "its 'next' page is at '" + address + "', which is not on the archive's own server and is not asked");
    }
}
