package org.lesionforge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages, comments and documents use the field's terms, and lines of documents end at 120 columns. */
class WordsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("core", "monitor", "nets", "app", "bench");
    private static final int COLUMNS = 120;

    /** Rows of tables cannot be divided. */
    private static final int COLUMNS_OF_ROWS = 190;

    /** "Not finite" or NaN, "is not a", "resumes" or "continues", "receives": the terms to use instead. */
    private static final Pattern PICTURES = Pattern.compile(
            "\\b(?:is|are|was|were) no numbers?\\b"
                    + "|\\b(?:is|are) no (?:folder|file|image|part|readable|listing|address)\\b"
                    + "|\\b(?:goes|gone|go) on (?:with|where|exactly|as if)\\b|\\bhears? of\\b|\\bcoins?\\b|\\blies in the other\\b"
                    + "|\\b(?:fell|falls) silent\\b|\\bpour(?:s|ed)? (?:all )?together\\b|\\bround in circles\\b|\\bdivided? anew\\b"
                    + "|\\bin nobody's way\\b|\\bnobody's business\\b",
            Pattern.CASE_INSENSITIVE);

    /** The sign of "there is no file", which says it as everybody does. */
    private static final Pattern THERE =
            Pattern.compile("\\bthere (?:is|are|was|were) no\\b", Pattern.CASE_INSENSITIVE);

    /** What a line cannot be divided at: one span of code, one address. */
    private static final Pattern WHOLE = Pattern.compile("`[^`]*`?|\\S*://\\S*|\\S*\\]\\([^)]*\\)");

    @Test
    void sourcesAndDocumentsUseTheTermsOfTheField() throws IOException {
        List<Path> texts = documents();
        for (String module : MODULES) {
            texts.addAll(below(ROOT.resolve(module).resolve("src/main/java"), ".java"));
        }
        List<String> found = new ArrayList<>();
        for (Path text : texts) {
            List<String> lines = Files.readAllLines(text);
            for (int i = 0; i < lines.size(); i++) {
                if (PICTURES.matcher(THERE.matcher(lines.get(i)).replaceAll("")).find()) {
                    found.add(place(text, i) + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void linesOfDocumentsEndAt120Columns() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path document : documents()) {
            List<String> lines = Files.readAllLines(document);
            boolean code = false;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean fence = line.strip().startsWith("```");
                code ^= fence;
                boolean tooLong = line.startsWith("|") ? line.length() > COLUMNS_OF_ROWS : tooLong(line);
                if (!fence && !code && !line.startsWith("    ") && tooLong) {
                    found.add(place(document, i) + line);
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static boolean tooLong(String line) {
        return line.codePointCount(0, line.length()) > COLUMNS
                && WHOLE.matcher(line)
                        .results()
                        .noneMatch(whole -> whole.group().length() > COLUMNS / 2);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(below(ROOT.resolve("docs"), ".md"));
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            documents.add(ROOT.resolve(name));
        }
        return documents;
    }

    private static List<Path> below(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static String place(Path text, int line) {
        return ROOT.relativize(text) + ":" + (line + 1) + ": ";
    }
}
