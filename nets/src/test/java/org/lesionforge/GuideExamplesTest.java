package org.lesionforge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** The Java of the guide, as its pages have it: it compiles, and it runs to its end. */
final class GuideExamplesTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");

    @TempDir
    Path folder;

    private static List<String> blocks(String page) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static String fragment(String page, int number) throws IOException {
        return IMPORT.matcher(blocks(page).get(number)).replaceAll("");
    }

    /** With what the text around the fragments of a page says to be at hand. */
    private static String fragments() throws IOException {
        return """
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.*;
            import org.lesionforge.backbone.zoo.*;
            import org.lesionforge.classifier.*;
            import org.lesionforge.classifier.recipe.*;
            import org.lesionforge.data.*;
            import org.lesionforge.data.prepare.*;
            import org.lesionforge.data.source.*;
            import org.lesionforge.experiment.*;
            import org.lesionforge.generator.*;
            import org.lesionforge.generator.run.*;
            import org.lesionforge.generator.training.*;
            import org.lesionforge.generator.zoo.*;
            import org.lesionforge.generator.zoo.dcgan.*;
            import org.lesionforge.image.*;
            import org.lesionforge.image.file.*;
            import org.lesionforge.io.*;
            import org.lesionforge.io.json.*;
            import org.lesionforge.metric.*;
            import org.lesionforge.metric.fidelity.*;
            import org.lesionforge.metric.statistics.*;
            import org.lesionforge.phantom.*;
            import org.lesionforge.report.*;
            import org.lesionforge.report.page.*;
            import org.lesionforge.run.*;
            import org.lesionforge.torch.Compute;
            import org.lesionforge.training.*;

            public final class Fragments {
                static Path library1(Dataset dataset, Path out) throws Exception {
                    %s
                }
                static void library2(GeneratorSpec<DcganOptions> gan, TrainingPart malignant, GeneratorRun run, Compute compute)
                        throws Exception {
                    %s
                }
                static void metrics0(int[] truth, double[][] probabilities) throws Exception {
                    %s
                }
                static void statistics0(
                        int[] truth, double[][] probabilitiesOfA, double[][] probabilitiesOfB, List<String> groups,
                        double pOfAccuracy)
                        throws Exception {
                    %s
                    System.out.println(gain + " " + Arrays.toString(adjusted) + " detectable " + least);
                }
                static void phantoms0() throws Exception {
                    %s
                }
                static void phantoms1() throws Exception {
                    %s
                }
                public static void main(String[] arguments) throws Exception {
                    metrics0(new int[] {0, 1, 1}, new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.7, 0.3}});
                    statistics0(
                            new int[] {0, 1, 0, 1},
                            new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.7, 0.3}, {0.6, 0.4}},
                            new double[][] {{0.8, 0.2}, {0.3, 0.7}, {0.4, 0.6}, {0.6, 0.4}},
                            List.of("a", "b", "c", "d"),
                            0.04);
                    phantoms0();
                    phantoms1();
                    Dataset dataset = Dataset.open(Path.of(arguments[0]));
                    System.out.println(library1(dataset, Path.of(arguments[1])));
                    GeneratorSpec<DcganOptions> gan = Dcgan.PAPER.common(common -> common.batch(4).epochs(10_000)).own(own -> own.with().width(4).kernel(4).build());
                    TrainingPart malignant = dataset.training().ofClass("malignant");
                    GeneratorRun limited = GeneratorRun.create(Path.of("limited"), malignant, "malignant", gan);
                    library2(gan, malignant, limited, Compute.cpu());
                }
            }
            """
                .formatted(
                        fragment("library.md", 1),
                        // Nobody waits so long here.
                        fragment("library.md", 2).replace("8, TimeUnit.HOURS", "1, TimeUnit.SECONDS"),
                        fragment("metrics.md", 0),
                        fragment("statistics.md", 0),
                        fragment("phantoms.md", 0),
                        fragment("phantoms.md", 1));
    }

    @Test
    void theExamplesCompile() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(sources.resolve("Balance.java"), blocks("library.md").get(0));
        Files.writeString(sources.resolve("Fragments.java"), fragments());
        compile(sources);
    }

    @Test
    @Tag("slow")
    void theExamplesRun() throws IOException, InterruptedException {
        theExamplesCompile();
        Phantoms.write(folder.resolve("photos"), new PhantomOptions(10, 7, 0, 96, 3), Progress.SILENT);
        String balance = run("Balance", "photos", "work");
        assertTrue(balance.contains("\"confusion\""), balance);
        Files.createDirectories(folder.resolve("docs/images"));
        String fragments = run("Fragments", "work/dataset", "run");
        // Of three answers, two right: by hand.
        assertTrue(fragments.contains("\"accuracy\" : 0.666"), fragments);
        assertTrue(fragments.contains("detectable 0.037"), fragments);
        assertTrue(Files.exists(folder.resolve("phantoms/metadata.csv")));
        assertTrue(Files.exists(folder.resolve("docs/images/phantoms.png")));
        assertTrue(Files.exists(folder.resolve("run/report.html")), fragments);
        assertTrue(fragments.contains("the GAN's training was stopped after iteration "), fragments);
    }

    /** A block that no test knows would be one that nobody has tried. */
    @Test
    void theseAreAllTheExamplesThereAre() throws IOException {
        List<String> pages = new ArrayList<>();
        try (var files = Files.list(GUIDE)) {
            for (Path file : files.sorted().toList()) {
                int blocks = blocks(file.getFileName().toString()).size();
                if (blocks > 0) {
                    pages.add(file.getFileName() + " " + blocks);
                }
            }
        }
        assertEquals(List.of("library.md 3", "metrics.md 1", "phantoms.md 2", "statistics.md 1"), pages);
    }

    private void compile(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-d",
                                    folder.toString()),
                            null,
                            files.getJavaFileObjects(
                                    sources.resolve("Balance.java"), sources.resolve("Fragments.java")))
                    .call();
            assertTrue(compiled, said.toString());
        }
    }

    /** In a folder of its own, for the examples name files without one. */
    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + folder));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "not done after five minutes");
        String said = Files.readString(out);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
