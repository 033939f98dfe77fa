package org.lesionforge.isic;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: what makes two addresses one server (RFC 6454). */
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
     * Whether an image may be fetched from there: from this server, or by https from a host that has a name. A number or a name without a dot
     * is a machine of the user's own network, which an archive has no business to send anybody to.
     */
    boolean mayServeFiles(URI address) {
        Origin other = of(address);
        return has(address)
                || (other.scheme.equals("https") && other.host.contains(".") && !other.host.matches("[0-9.]+|\\[.*"));
    }
}
