package org.lesionforge.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesionforge.report.figure.Resources;

/** The page's own files, by their address. The lines' colours and dashes are the report's, from its own style sheet. */
final class Assets {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** The page names all its modules, so that a browser asks for them at once and not one after the other. */
    private static final Pattern MODULE = Pattern.compile("<link rel=\"modulepreload\" href=\"assets/(\\w+\\.js)\">");

    private final Map<String, Reply> files = new LinkedHashMap<>();

    Assets() {
        byte[] page = resource("page.html");
        files.put("/", new Reply(200, Reply.HTML, page));
        MODULE.matcher(new String(page, StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .forEach(module -> files.put("/assets/" + module, new Reply(200, SCRIPT, resource(module))));
        files.put("/assets/monitor.css", new Reply(200, STYLE, resource("monitor.css")));
        files.put("/assets/tones.css", new Reply(200, STYLE, utf8(Resources.text("chart.css"))));
        files.put("/assets/uplot.js", new Reply(200, SCRIPT, resource(UPLOT + "uPlot.iife.min.js")));
        files.put("/assets/uplot.css", new Reply(200, STYLE, resource(UPLOT + "uPlot.min.css")));
    }

    Optional<Reply> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Bytes of all of them. */
    int size() {
        return files.values().stream().mapToInt(file -> file.body().length).sum();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file " + name + " is missing from its jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
