package org.lesionforge.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;

/**
 * Proxies from Java's settings ({@code -Dhttps.proxyHost}) or, where there are none, from the usual environment
 * variables {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, in upper or lower case.
 */
final class EnvironmentProxy extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxy(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI address) {
        ProxySelector java = ProxySelector.getDefault();
        List<Proxy> found = java == null ? List.of() : java.select(address);
        if (found.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
            return found;
        }
        String named = variable(address.getScheme() + "_proxy");
        String proxy = named.isEmpty() ? variable("all_proxy") : named;
        return proxy.isEmpty() || isExcepted(address.getHost()) ? List.of(Proxy.NO_PROXY) : List.of(proxy(proxy));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The download reports the failure itself.
    }

    private String variable(String name) {
        return environment
                .getOrDefault(name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""))
                .strip();
    }

    private boolean isExcepted(String host) {
        return Arrays.stream(variable("no_proxy").split(","))
                .map(String::strip)
                .filter(domain -> !domain.isEmpty())
                .map(domain -> domain.startsWith(".") ? domain.substring(1) : domain)
                .anyMatch(domain -> domain.equals("*") || host.equals(domain) || host.endsWith("." + domain));
    }

    private static Proxy proxy(String written) {
        try {
            URI proxy = URI.create(written.contains("://") ? written : "http://" + written);
            if (proxy.getHost() != null && "http".equals(proxy.getScheme()) && proxy.getUserInfo() == null) {
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        }
        throw unusable(null);
    }

    /** The value is not repeated: it may hold a password. */
    private static UnusableInputException unusable(@Nullable Exception cause) {
        return new UnusableInputException(
                "the proxy in the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY) must read http://HOST:PORT, without a "
                        + "password",
                cause);
    }
}
