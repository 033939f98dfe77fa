package org.lesionforge.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which requests are answered: those that only read, that were sent to this server by a name of its own, and that bring
 * the token if one is asked for. A page of another site that points a name of its own at this machine (DNS rebinding)
 * sends that name, and is refused.
 */
final class Gate {
    /** Why a request is not answered. */
    record Refusal(int status, String text) {}

    /** {@code name:port} or {@code [address]:port}; the port may be another one, of a tunnel. */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final InetAddress address;
    private final Optional<String> token;
    private final String cookie;

    Gate(InetAddress address, int port, Optional<String> token) {
        this.address = address;
        this.token = token;
        // Cookies are of a host, whatever its port.
        cookie = "lesionforge-" + port;
    }

    /** Empty where the request may be answered. */
    Optional<Refusal> refusal(HttpExchange exchange) {
        if (!isOwnHost(exchange.getRequestHeaders(), exchange.getRequestURI())) {
            return Optional.of(new Refusal(421, "This server has no such name; ask for it by its address.\n"));
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return Optional.of(new Refusal(405, "This server can only be read: GET.\n"));
        }
        if (token.isPresent() && !bringsToken(exchange)) {
            return Optional.of(
                    new Refusal(401, "Open the address that 'lesionforge serve' printed, with its token.\n"));
        }
        return Optional.empty();
    }

    private boolean isOwnHost(Headers headers, URI uri) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || (uri.getHost() != null && !isOwn(uri.getHost()))) {
            return false;
        }
        Matcher host = HOST.matcher(hosts.get(0));
        return host.matches() && isOwn(host.group(1));
    }

    private boolean isOwn(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name)
                || name.equals(address.getHostAddress())
                || name.equals("[" + address.getHostAddress() + "]")
                || (!address.isLoopbackAddress() && isOfThisMachine(name));
    }

    /** An address of this machine. Names are not looked up: whoever owns one can let it mean any address. */
    private static boolean isOfThisMachine(String host) {
        try {
            // One of IPv6 can be written in several ways; what stands in brackets is never looked up.
            String written = host.startsWith("[") ? InetAddress.getByName(host).getHostAddress() : host;
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(
                            own -> own.getHostAddress().replaceFirst("%.*", "").equals(written));
        } catch (SocketException | UnknownHostException e) {
            return false;
        }
    }

    private boolean bringsToken(HttpExchange exchange) {
        return isToken(Query.of(exchange.getRequestURI()).first("token"))
                || exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                        .flatMap(line -> Stream.of(line.split(";", -1)))
                        .map(String::strip)
                        .filter(each -> each.startsWith(cookie + "="))
                        .anyMatch(each -> isToken(Optional.of(each.substring(cookie.length() + 1))));
    }

    /** In a time that does not depend on how much of it is right. */
    private boolean isToken(Optional<String> brought) {
        return brought.isPresent()
                && MessageDigest.isEqual(
                        brought.get().getBytes(StandardCharsets.UTF_8),
                        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    /** What lets the browser bring the token from now on, if one is asked for; scripts cannot read it. */
    Optional<String> cookie() {
        return token.map(value -> cookie + "=" + value + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /** {@code ?token=…}; empty where none is asked for. */
    String tokenQuery() {
        return token.map(value -> "?token=" + value).orElse("");
    }
}
