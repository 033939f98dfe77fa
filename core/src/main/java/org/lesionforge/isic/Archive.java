package org.lesionforge.isic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.lesionforge.http.Patience;
import org.lesionforge.http.PatientClient;
import org.lesionforge.http.UnavailableException;
import org.lesionforge.io.Json;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** The archive's public interface, version 2. */
public final class Archive {
    /** Where it is. */
    public static final String ADDRESS = "https://api.isic-archive.com/api/v2";

    /** Images per page; the archive gives no more. */
    static final int PAGE = 100;

    private static final int LARGEST_ANSWER = 1 << 24;

    private final String address;
    private final PatientClient client;

    Archive(String address, PatientClient client) {
        this.address = address.replaceAll("/+$", "");
        this.client = client;
    }

    /**
     * @param address {@link #ADDRESS}, or that of a mirror
     * @throws IllegalArgumentException when it is no web address
     */
    public static Archive at(String address, Progress progress) {
        if (!address.matches("https?://.+")) {
            throw new IllegalArgumentException("the archive's address must begin with https://, got " + address);
        }
        return new Archive(address, new PatientClient(PatientClient.usualHttpClient(), Patience.USUAL, progress));
    }

    String address() {
        return address;
    }

    PatientClient client() {
        return client;
    }

    /**
     * The first page of what a query finds.
     *
     * @throws UnusableInputException when the archive does not understand the query
     * @throws MissingRequirementException when the archive cannot be asked
     */
    Page search(IsicQuery query, int limit) throws IOException {
        return page(URI.create(address + "/images/search/?" + query.parameters(limit)), query);
    }

    /** The page at an address that an earlier page named. */
    Page page(URI address, IsicQuery query) throws IOException {
        try {
            return Page.of(answer(address));
        } catch (UnavailableException e) {
            if (e.status() == 400) {
                throw new UnusableInputException(
                        "the ISIC Archive does not understand the query '" + query.text() + "': " + message(e)
                                + " A query is like: diagnosis_1:Malignant AND image_type:dermoscopic",
                        e);
            }
            throw missing(address, e);
        } catch (UnexpectedAnswerException | JsonProcessingException e) {
            throw missing(address, e);
        }
    }

    /** One image, with addresses of its files that are valid from now. */
    ArchiveImage image(String id) throws IOException {
        try {
            return ArchiveImage.of(answer(URI.create(address + "/images/" + id + "/")));
        } catch (UnexpectedAnswerException | JsonProcessingException e) {
            throw new UnavailableException("the archive's answer is no image: " + e.getMessage(), e);
        }
    }

    private JsonNode answer(URI at) throws IOException {
        return Json.tree(client.get(at, LARGEST_ANSWER));
    }

    private static String message(UnavailableException e) {
        try {
            return Json.tree(e.answer().getBytes(StandardCharsets.UTF_8))
                    .path("message")
                    .asText();
        } catch (IOException notJson) {
            return e.getMessage() + ".";
        }
    }

    private static MissingRequirementException missing(URI address, IOException e) {
        String why = e instanceof UnavailableException ? e.getMessage() : "the answer is no listing: " + e.getMessage();
        return new MissingRequirementException(
                "the ISIC Archive cannot be searched at " + address + ": " + why
                        + ". Run the command again when the network and the archive are there: what was fetched is kept",
                e);
    }
}
