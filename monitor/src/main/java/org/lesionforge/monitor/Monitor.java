package org.lesionforge.monitor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lesionforge.io.MissingRequirementException;

/** The live page of the runs below a folder, served until it is closed. Its threads keep no program from ending. */
public final class Monitor implements AutoCloseable {
    static {
        // A header and its body are written one after the other: without this, the body of a small answer waits for up
        // to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** The port that the page has where no other is asked for. */
    public static final int USUAL_PORT = 8765;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Site site;
    private final InetAddress address;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Monitor(HttpServer server, ExecutorService threads, Site site, InetAddress address) {
        this.server = server;
        this.threads = threads;
        this.site = site;
        this.address = address;
    }

    /**
     * Starts the server.
     *
     * @param folder of runs, or a run itself; it may be missing yet
     * @param address of this machine that the server listens at
     * @param port 0 for any free one
     * @param token that a reader must bring; empty: none is asked for
     * @return the server, which answers already
     * @throws IllegalArgumentException when {@code address} can be reached from other machines and no token is asked for
     * @throws MissingRequirementException when the address or the port cannot be had
     * @throws IOException when the system gives no socket
     */
    public static Monitor start(Path folder, InetAddress address, int port, Optional<String> token) throws IOException {
        return start(folder, address, port, token, TimedOutput.PATIENCE);
    }

    /** @param patience how long a reader may take nothing of what it is sent */
    static Monitor start(Path folder, InetAddress address, int port, Optional<String> token, Duration patience)
            throws IOException {
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException("other machines can reach " + address.getHostAddress()
                    + ", so a reader must bring a token: give one with --token");
        }
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (BindException e) {
            throw new MissingRequirementException(
                    "cannot listen at " + address.getHostAddress() + ", port " + port + " (" + e.getMessage()
                            + "); choose another port with --port, 0 for any free one",
                    e);
        }
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "monitor");
            thread.setDaemon(true);
            return thread;
        });
        int bound = server.getAddress().getPort();
        Site site = new Site(new RunsFolder(folder), new Gate(address, bound, token), patience);
        server.createContext("/", site);
        server.setExecutor(threads);
        server.start();
        return new Monitor(server, threads, site, address);
    }

    /** {@return where the page is, with the token if one is asked for} */
    public String uri() {
        String host = address.isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress().getHostAddress()
                : address.getHostAddress();
        String shown =
                address instanceof Inet6Address && host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host;
        return "http://" + shown + ":" + server.getAddress().getPort() + "/"
                + site.gate().tokenQuery();
    }

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException when the waiting thread is
     */
    public void await() throws InterruptedException {
        closed.await();
    }

    /** Ends the server, and all streams to readers. */
    @Override
    public void close() {
        site.close();
        server.stop(0);
        threads.shutdownNow();
        closed.countDown();
    }
}
