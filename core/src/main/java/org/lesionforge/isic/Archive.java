package org.lesionforge.isic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.http.RetryingClient;
import org.lesionforge.http.UnavailableException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;

/** The archive's public interface, version 2. */
public final class Archive {
    /** The address of the archive. */
    public static final String ADDRESS = "https://api.isic-archive.com/api/v2";

    /** Images per page; the archive's maximum. */
    static final int PAGE = 100;

    private static final int LARGEST_ANSWER = 1 << 24;

    private final String address;
    private final Origin origin;
    private final RetryingClient client;

    Archive(String address, RetryingClient client) {
        this.address = address.replaceAll("/+$", "");
        origin = Origin.of(URI.create(this.address));
        this.client = client;
    }

    /**
     * The archive at an address; nothing is requested yet.
     *
     * @param address {@link #ADDRESS}, or that of a mirror
     * @param progress receives every failure that is retried
     * @return the interface at that address
     * @throws IllegalArgumentException when it is not a web address
     */
    public static Archive at(String address, Progress progress) {
        if (!address.matches("https?://.+")) {
            throw new IllegalArgumentException("the archive's address must begin with https://, got " + address);
        }
        return new Archive(address, new RetryingClient(RetryingClient.usualHttpClient(), RetryPolicy.USUAL, progress));
    }

    String address() {
        return address;
    }

    RetryingClient client() {
        return client;
    }

    Origin origin() {
        return origin;
    }

    /**
     * The first page of what a query finds.
     *
     * @throws UnusableInputException when the archive rejects the query
     * @throws MissingRequirementException when the archive cannot be reached
     */
    Page search(IsicQuery query, int limit) throws IOException {
        return page(URI.create(address + "/images/search/?" + query.parameters(limit)), query);
    }

    /** The page at an address given by an earlier page. */
    Page page(URI address, IsicQuery query) throws IOException {
        try {
            return Page.of(answer(address), origin);
        } catch (UnavailableException e) {
            if (e.status() == 400) {
                throw new UnusableInputException(
                        "the ISIC Archive rejects the query '" + query.text() + "': " + message(e)
                                + " A query is like: diagnosis_1:Malignant AND image_type:dermoscopic",
                        e);
            }
            throw missing(address, e);
        } catch (UnexpectedAnswerException e) {
            throw missing(address, e);
        }
    }

    /** One image, with newly issued addresses of its files. */
    ArchiveImage image(String id) throws IOException {
        try {
            return ArchiveImage.of(answer(URI.create(address + "/images/" + id + "/")), origin);
        } catch (UnexpectedAnswerException e) {
            throw new UnavailableException("the archive's answer is not an image: " + e.getMessage(), e);
        }
    }

    private JsonNode answer(URI at) throws IOException {
        byte[] text = client.get(at, LARGEST_ANSWER, (from, to) -> origin.has(to));
        try {
            return JsonObject.answer("it", text, "is that address the archive's?")
                    .tree();
        } catch (UnusableInputException e) {
            throw new UnexpectedAnswerException(e.getMessage(), e);
        }
    }

    /** The archive's message about a rejected query; the status where it gives none. */
    private static String message(UnavailableException e) {
        try {
            byte[] answer = e.answer().getBytes(StandardCharsets.UTF_8);
            return UnexpectedAnswerException.excerpt(
                    JsonObject.answer("it", answer, "").text("message"));
        } catch (UnusableInputException notJson) {
            return e.getMessage() + ".";
        }
    }

    private static MissingRequirementException missing(URI address, IOException e) {
        boolean mayPass = e instanceof UnavailableException unavailable && unavailable.mayPass();
        String why =
                e instanceof UnavailableException ? e.getMessage() : "the answer is not a listing: " + e.getMessage();
        return new MissingRequirementException(
                "the ISIC Archive cannot be searched at " + address + ": " + why + ". "
                        + (mayPass
                                ? "Run the command again when the network and the archive are available: what was fetched is kept"
                                : "What was fetched is kept; --archive names another address"),
                e);
    }
}
