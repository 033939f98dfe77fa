package org.lesionforge.isic;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port, which identify a server (RFC 6454). */
record Origin(String scheme, String host, int port) {
    static Origin of(URI address) {
        String scheme = lower(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, lower(address.getHost()), port);
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    boolean has(URI address) {
        return !host.isEmpty() && of(address).equals(this);
    }

    /**
     * Whether an image may be fetched from an address: on this server, or by https from a host with a domain name. An
     * IP address or a name without a dot may be a machine of the user's own network, and is refused.
     */
    boolean mayServeFiles(URI address) {
        Origin other = of(address);
        return has(address)
                || (other.scheme.equals("https") && other.host.contains(".") && !other.host.matches("[0-9.]+|\\[.*"));
    }
}
