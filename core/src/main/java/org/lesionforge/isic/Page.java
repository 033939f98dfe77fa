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
 * @param count of images on all pages; known on the first page only
 * @param next where the next page is; empty on the last
 */
record Page(OptionalLong count, Optional<URI> next, List<ArchiveImage> images) {
    static Page of(JsonNode json) throws UnexpectedAnswerException {
        JsonNode results = json.path("results");
        if (!results.isArray()) {
            throw new UnexpectedAnswerException("it has no results");
        }
        List<ArchiveImage> images = new ArrayList<>();
        for (JsonNode image : results) {
            images.add(ArchiveImage.of(image));
        }
        JsonNode count = json.path("count");
        try {
            return new Page(
                    count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty(),
                    Optional.ofNullable(json.path("next").textValue()).map(URI::create),
                    images);
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException(
                    "the next page is at '" + json.path("next").asText() + "'", e);
        }
    }
}
