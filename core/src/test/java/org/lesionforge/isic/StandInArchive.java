package org.lesionforge.isic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.lesionforge.io.Seed;
import org.lesionforge.io.json.Json;

/**
 * An ISIC Archive on this machine with invented images, faithful to the real one's interface (August 2026): opaque cursors, absolute
 * {@code next} addresses, {@code count} on the first page only, {@code limit} clamped to 100, 400 with a message for bad queries. It
 * misbehaves as it is told.
 *
 * <p>Image <i>i</i> is of {@code diagnosis_1} Malignant for <i>i</i> mod 10 = 6, 7, 8, Indeterminate for 9, unknown for 5, else Benign;
 * three images are of one patient; licences are CC-0, CC-BY, CC-BY-NC in turn; the newest (highest) comes first.
 */
public final class StandInArchive implements AutoCloseable {
    /** Made when first asked for; image 1,000 is image 0 again. */
    private static final byte[][] PICTURES = new byte[1000][];

    private static final List<String> LICENCES = List.of("CC-0", "CC-BY", "CC-BY-NC");

    static {
        // Else every answer waits 40 ms for its acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final int images;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger imageRequests = new AtomicInteger();
    private final Map<Integer, AtomicInteger> requestsOfImage = new ConcurrentHashMap<>();
    private final Set<String> pagesSent = ConcurrentHashMap.newKeySet();

    private volatile Fault fault = Fault.NONE;
    private volatile int latencyMillis;
    private volatile long listedBytes;
    private volatile boolean searchesLicences = true;
    private volatile Consumer<ObjectNode> changed = answer -> {};
    private volatile byte[] instead;
    private volatile String redirect;

    public StandInArchive(int images) throws IOException {
        this.images = images;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static byte[] picture(int i) {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR);
        SplittableRandom random = new Seed(i).random();
        for (int x = 0; x < 48; x++) {
            for (int y = 0; y < 32; y++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2";
    }

    void fault(Fault newFault) {
        fault = newFault;
    }

    void latency(int millis) {
        latencyMillis = millis;
    }

    /** Lists every image with so many bytes, whatever it has. */
    void listedBytes(long bytes) {
        listedBytes = bytes;
    }

    void searchesNoLicences() {
        searchesLicences = false;
    }

    /** Sends other JSON than it would. */
    void changes(Consumer<ObjectNode> change) {
        changed = change;
    }

    /** Sends these bytes for every listing. */
    void sends(byte[] answer) {
        instead = answer;
    }

    /** Sends every question for a listing on to another address. */
    void redirects(String address) {
        redirect = address;
    }

    int requests() {
        return requests.get();
    }

    int imageRequests() {
        return imageRequests.get();
    }

    byte[] content(int image) {
        synchronized (PICTURES) {
            int i = image % PICTURES.length;
            if (PICTURES[i] == null) {
                PICTURES[i] = picture(i);
            }
            return PICTURES[i];
        }
    }

    static String id(int image) {
        return String.format(Locale.ROOT, "ISIC_%07d", image);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Thread.sleep(latencyMillis);
            int request = requests.incrementAndGet();
            if (fault == Fault.RATE_LIMIT && request % 200 == 99) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, 429, "slow down".getBytes(StandardCharsets.UTF_8));
            } else if (fault == Fault.BURSTS_OF_5XX && request % 50 >= 47) {
                send(exchange, List.of(500, 502, 503).get(request % 50 - 47), new byte[0]);
            } else if (fault == Fault.DOWN) {
                send(exchange, 503, new byte[0]);
            } else if (exchange.getRequestURI().getPath().equals("/api/v2/images/search/")) {
                search(exchange, request);
            } else if (exchange.getRequestURI().getPath().matches("/api/v2/images/ISIC_\\d{7}/")) {
                json(exchange, 200, listed(number(exchange), true), request);
            } else if (exchange.getRequestURI().getPath().matches("/files/ISIC_\\d{7}\\.jpg")) {
                image(exchange, number(exchange), request);
            } else {
                send(exchange, 404, new byte[0]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int number(HttpExchange exchange) {
        return Integer.parseInt(exchange.getRequestURI().getPath().replaceAll(".*ISIC_(\\d{7}).*", "$1"));
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private void search(HttpExchange exchange, int request) throws IOException, InterruptedException {
        Map<String, String> parameters = parameters(exchange);
        Predicate<Map<String, String>> wanted;
        try {
            wanted = QueryMatcher.parse(parameters.getOrDefault("query", ""));
            if (!searchesLicences && parameters.get("query").contains("copyright_license")) {
                throw new IllegalArgumentException("unknown field");
            }
        } catch (IllegalArgumentException e) {
            json(exchange, 400, Map.of("message", "Could not parse search query."), request);
            return;
        }
        int limit = Math.max(0, Math.min(100, Integer.parseInt(parameters.getOrDefault("limit", "100"))));
        String cursor = parameters.get("cursor");
        int below = cursor == null
                ? images
                : Integer.parseInt(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8).substring(2));
        List<Object> results = new ArrayList<>();
        int last = 0;
        int i = below - 1;
        for (; i >= 0 && results.size() < limit; i--) {
            if (wanted.test(fields(i))) {
                results.add(listed(i, false));
                last = i;
            }
        }
        boolean more = false;
        for (; i >= 0 && !more; i--) {
            more = wanted.test(fields(i));
        }
        if (fault == Fault.DUPLICATE_PAGES && cursor != null && pagesSent.add(cursor + parameters.get("query"))) {
            more = true;
            last = below;
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("count", cursor == null ? count(wanted) : null);
        page.put("next", more ? next(parameters, last) : null);
        page.put("previous", null);
        page.put("results", results);
        json(exchange, 200, page, request);
    }

    private String next(Map<String, String> parameters, int below) {
        Map<String, String> changed = new TreeMap<>(parameters);
        changed.put("cursor", Base64.getEncoder().encodeToString(("p=" + below).getBytes(StandardCharsets.UTF_8)));
        StringBuilder address = new StringBuilder(address()).append("/images/search/");
        changed.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return address.toString();
    }

    private int count(Predicate<Map<String, String>> wanted) {
        int count = 0;
        for (int i = 0; i < images; i++) {
            count += wanted.test(fields(i)) ? 1 : 0;
        }
        return count;
    }

    private static Map<String, String> fields(int i) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("isic_id", id(i));
        fields.put("copyright_license", LICENCES.get(i % 3));
        fields.putAll(acquisition());
        fields.putAll(clinical(i));
        return fields;
    }

    private static Map<String, String> acquisition() {
        return Map.of("image_type", "dermoscopic");
    }

    private static Map<String, String> clinical(int i) {
        Map<String, String> clinical = new TreeMap<>();
        int kind = i % 10;
        if (kind != 5) {
            clinical.put("diagnosis_1", kind == 9 ? "Indeterminate" : kind > 5 ? "Malignant" : "Benign");
        }
        clinical.put("age_approx", Integer.toString(20 + 5 * (i % 13)));
        clinical.put("patient_id", String.format(Locale.ROOT, "IP_%07d", i / 3));
        if (i % 50 == 0) {
            clinical.put("new_field", "said \"so\",\nlately");
        }
        return clinical;
    }

    private Map<String, Object> listed(int i, boolean renewed) {
        String file = address().replace("/api/v2", "/files/") + id(i) + ".jpg";
        String signed = fault == Fault.EXPIRED && !renewed ? "?expired=1" : "?signed=1";
        Map<String, Object> acquisition = new LinkedHashMap<>(acquisition());
        acquisition.put("pixels_x", 48);
        acquisition.put("pixels_y", 32);
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("isic_id", id(i));
        image.put("public", true);
        image.put("copyright_license", LICENCES.get(i % 3));
        image.put("attribution", "Hospital " + i % 7);
        long bytes = listedBytes > 0 ? listedBytes : content(i).length;
        Map<String, Object> description = Map.of("url", file + signed, "size", bytes);
        image.put("files", Map.of("full", description, "thumbnail_256", description));
        image.put("metadata", Map.of("acquisition", acquisition, "clinical", clinical(i)));
        return image;
    }

    private void image(HttpExchange exchange, int i, int request) throws IOException, InterruptedException {
        imageRequests.incrementAndGet();
        int ofImage =
                requestsOfImage.computeIfAbsent(i, any -> new AtomicInteger()).incrementAndGet();
        byte[] content = content(i);
        if (fault == Fault.SOME_GONE && i % 100 == 0) {
            send(exchange, 404, new byte[0]);
        } else if (exchange.getRequestURI().getQuery().equals("expired=1")) {
            send(exchange, 403, new byte[0]);
        } else if (fault == Fault.WRONG_SIZES && i % 4 < 3 && ofImage == 1) {
            byte[] wrong = Arrays.copyOf(
                    content, content.length + List.of(-100, 0, 70_000).get(i % 4));
            Arrays.fill(wrong, 0, wrong.length / 2, (byte) 7);
            send(exchange, 200, wrong);
        } else {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            body(exchange, from > 0 ? 206 : 200, Arrays.copyOfRange(content, from, content.length), request);
        }
    }

    private void json(HttpExchange exchange, int status, Object value, int request)
            throws IOException, InterruptedException {
        if (redirect != null) {
            exchange.getResponseHeaders().set("Location", redirect);
            send(exchange, 302, new byte[0]);
            return;
        }
        ObjectNode answer = Json.convert(value, ObjectNode.class);
        changed.accept(answer);
        byte[] text = instead != null ? instead : Json.line(answer).getBytes(StandardCharsets.UTF_8);
        body(exchange, status, text, request);
    }

    /** Sends a body as whole as the fault allows. */
    private void body(HttpExchange exchange, int status, byte[] content, int request)
            throws IOException, InterruptedException {
        exchange.sendResponseHeaders(status, content.length);
        OutputStream out = exchange.getResponseBody();
        if (fault == Fault.SLOW_BODIES) {
            for (int done = 0; done < content.length; done += 10_000) {
                out.write(content, done, Math.min(10_000, content.length - done));
                out.flush();
                Thread.sleep(3);
            }
        } else if ((fault == Fault.BROKEN_OFF && request % 3 == 0) || (fault == Fault.SILENT && request % 60 == 0)) {
            out.write(content, 0, content.length / 2);
            out.flush();
            Thread.sleep(fault == Fault.SILENT ? 60_000 : 0);
        } else {
            out.write(content);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
