package org.lesionforge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What trains, measures and audits knows backbones, and no one architecture: neither by an import nor in a comment. */
final class BackboneNamesTest {
    private static final Path NETS = Path.of("../nets/src/main/java/org/lesionforge");
    private static final Path TESTS = Path.of("../nets/src/test/java/org/lesionforge");
    private static final Path CLI = Path.of("src/main/java/org/lesionforge/cli");

    private static final List<Path> ROOMS = List.of(
            NETS.resolve("weights"),
            NETS.resolve("quality"),
            NETS.resolve("classifier"),
            NETS.resolve("audit"),
            NETS.resolve("experiment"),
            TESTS.resolve("quality"),
            TESTS.resolve("classifier"),
            TESTS.resolve("audit"),
            TESTS.resolve("experiment"),
            CLI.resolve("data"),
            CLI.resolve("quality"),
            CLI.resolve("classifier"),
            CLI.resolve("experiment"));

    @Test
    void noArchitectureIsNamed() throws IOException {
        Pattern names = names();
        List<String> found = new ArrayList<>();
        int read = 0;
        for (Path room : ROOMS) {
            for (Path file : sources(room)) {
                read++;
                found.addAll(found(names, file.toString(), Files.readString(file)));
            }
        }
        assertTrue(read > 150, read + " sources");
        assertEquals(List.of(), found);
    }

    @Test
    void plantedNames() throws IOException {
        Pattern names = names();
        for (String planted : List.of(
                "import org.lesionforge.backbone.inception.Pooling;",
                "/** As {@link InceptionV3} does. */",
                "// of an AuxiliaryHead")) {
            assertEquals(List.of("planted: " + planted), found(names, "planted", "a\n" + planted + "\nb"));
        }
        assertEquals(List.of(), found(names, "innocent", "the Inception Score, InceptionScore.SPLITS, pooling"));
    }

    /** Its name stands in its facts and with its published files; whoever means the default asks the list. A trial of version 0.1 does not name its own, which was this one. */
    @Test
    void theDefaultIsNamedOnce() throws IOException {
        List<String> naming = new ArrayList<>();
        for (Path root : List.of(Path.of("../core/src/main/java"), NETS, CLI)) {
            for (Path file : sources(root)) {
                if (Files.readString(file).contains("\"inception-v3\"")) {
                    naming.add(file.getFileName().toString());
                }
            }
        }
        assertEquals(List.of("Trial.java", "InceptionArchitecture.java", "KnownWeights.java"), naming);
    }

    /** The list is handed down from the command line; whoever reached for the constant would not see what a command was given. */
    @Test
    void theListIsHandedDown() throws IOException {
        List<String> reaching = new ArrayList<>();
        for (Path root : List.of(NETS, CLI)) {
            for (Path file : sources(root)) {
                if (Files.readString(file).contains("Zoo.STANDARD")) {
                    reaching.add(file.getFileName().toString());
                }
            }
        }
        assertEquals(List.of("Zoos.java"), reaching);
    }

    /** The classes of {@code backbone.inception}, and the package. */
    private static Pattern names() throws IOException {
        List<String> classes = sources(NETS.resolve("backbone/inception")).stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> !name.equals("package-info"))
                .toList();
        assertTrue(classes.contains("InceptionV3") && classes.size() >= 5, classes.toString());
        return Pattern.compile(
                classes.stream().collect(Collectors.joining("|", "\\b(?:", ")\\b|backbone\\.inception")));
    }

    private static List<String> found(Pattern names, String place, String text) {
        return text.lines()
                .filter(line -> names.matcher(line).find())
                .map(line -> place + ": " + line.strip())
                .toList();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
