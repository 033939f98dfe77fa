package org.lesionforge.io.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;

/**
 * The source of a JSON document, and the wording of messages about it: what, where, and what to do.
 *
 * @param name a file, a line of a file, or an address
 * @param remedy what to do when the document is damaged
 */
record JsonSource(String name, String remedy) {
    private static final String RESTORE = "bring it back from a copy, or make it anew with the command that wrote it";

    static JsonSource of(Path file) {
        return new JsonSource(file.toString(), RESTORE);
    }

    JsonSource line(int number) {
        return new JsonSource(name + " line " + number, remedy);
    }

    static String text(Path file) {
        try {
            String text = Files.readString(file);
            // Some Windows editors save files with a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(file + " is not text in UTF-8; " + RESTORE, e);
        } catch (NoSuchFileException e) {
            throw new UnusableInputException(file + " is missing; " + RESTORE, e);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** @throws UnusableInputException when {@code text} is not one whole JSON document */
    JsonNode parse(ObjectMapper mapper, String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            JsonNode root = mapper.readTree(parser);
            if (root == null || root.isMissingNode()) {
                throw unusable("is empty, expected JSON");
            }
            if (parser.nextToken() != null) {
                throw unusable("has more behind the end of its JSON, at line "
                        + parser.currentTokenLocation().getLineNr());
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new UnusableInputException(name + " " + reason(e) + "; " + remedy, e);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof JsonEOFException || e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
            return "ends in the middle of its JSON (cut short)";
        }
        if (e instanceof StreamConstraintsException) {
            return "is nested too deep, or holds a number or word that is too long";
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        String what = e.getOriginalMessage();
        if (e instanceof JsonParseException && what.startsWith("Duplicate field")) {
            return "has a key twice" + where + ": "
                    + what.substring("Duplicate field".length()).trim();
        }
        if (what.startsWith("Non-standard token")) {
            return "is not JSON" + where + ": undefined numbers are the texts \"NaN\", \"Infinity\" and \"-Infinity\"";
        }
        // How to configure the library to accept it does not help the user.
        what = what.replaceFirst("[:,]? (maybe a \\(non-standard\\)|\\(not recognized as one).*", "");
        return "is not JSON" + where + ": " + printable(what.lines().findFirst().orElse(""));
    }

    /** Invalid JSON may hold any characters; they are escaped for the terminal. */
    private static String printable(String text) {
        String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\uFFFD]", "?");
        return shown.length() <= 160 ? shown : shown.substring(0, 160) + "…";
    }

    UnusableInputException unusable(String what) {
        return new UnusableInputException(name + " " + what + "; " + remedy);
    }

    /**
     * @param key with the path that leads to it, {@code arms[2].test.roc_auc}; empty for the whole document
     * @param expected what should be there
     * @param found what is there; a missing node when nothing is
     */
    UnusableInputException wrong(String key, String expected, JsonNode found) {
        String subject = key.isEmpty() ? "" : ": key '" + key + "'";
        if (found.isMissingNode()) {
            return new UnusableInputException(name + subject + " is missing, expected " + expected + "; " + remedy);
        }
        return new UnusableInputException(
                name + subject + " should be " + expected + ", found " + describe(found) + "; " + remedy);
    }

    /** @param key that this program does not know, with the path that leads to it */
    UnusableInputException unknown(String key) {
        return new UnusableInputException(name + " has a key '" + key
                + "' that this program does not know; use a program as new as the one that wrote it");
    }

    /**
     * @param key with the path that leads to it; empty for the whole document
     * @param problem what refused its value
     */
    UnusableInputException refused(String key, Throwable problem) {
        String where = key.isEmpty() ? "" : ": key '" + key + "'";
        return new UnusableInputException(
                name + where + " cannot be: " + problem.getMessage() + "; " + remedy, problem);
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list of " + node.size();
            case NULL -> "null";
            case STRING -> "the text " + shortened(printable(node.toString()));
            default -> shortened(node.toString());
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
