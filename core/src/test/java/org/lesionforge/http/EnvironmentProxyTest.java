package org.lesionforge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.UnusableInputException;

class EnvironmentProxyTest {
    @Test
    void proxiesOfTheEnvironmentAreUsed() {
        EnvironmentProxy proxies = new EnvironmentProxy(
                Map.of("HTTPS_PROXY", "http://proxy.example:3128", "no_proxy", "localhost, .inside.example"));
        assertEquals(
                "proxy.example:3128",
                proxies.select(URI.create("https://github.com/x"))
                        .get(0)
                        .address()
                        .toString()
                        .replaceAll("/.*:", ":"));
        for (String direct : List.of("https://inside.example/x", "https://a.inside.example/x", "http://github.com/x")) {
            assertEquals(List.of(Proxy.NO_PROXY), proxies.select(URI.create(direct)), direct);
        }
        EnvironmentProxy secret = new EnvironmentProxy(Map.of("HTTPS_PROXY", "http://me:word@proxy.example"));
        Exception failure =
                assertThrows(UnusableInputException.class, () -> secret.select(URI.create("https://github.com/x")));
        assertFalse(failure.getMessage().contains("word@"), failure.getMessage());
    }
}
