package org.lesionforge.cli.common;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.monitor.Monitor;
import picocli.CommandLine.Option;

/** Shows a run on a page of this machine while it is trained; use as a {@code @Mixin}. */
public final class ServeOptions {
    @Option(
            names = "--serve",
            description =
                    "Show the run on a live page of this machine until it ends, at port 8765 or another free one.")
    boolean serve;

    /** What is shown meanwhile. */
    @FunctionalInterface
    public interface Work {
        /** @return the exit code */
        int run() throws IOException;
    }

    /**
     * Does some work, and shows a run meanwhile if that is asked for.
     *
     * @param run its folder, which need not be there yet
     */
    public int during(Path run, CommonOptions common, Work work) throws IOException {
        if (!serve) {
            return work.run();
        }
        try (Monitor monitor = start(run)) {
            common.progress().message("watch the run at " + monitor.uri());
            return work.run();
        }
    }

    private static Monitor start(Path run) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            return Monitor.start(run, here, Monitor.USUAL_PORT, Optional.empty());
        } catch (MissingRequirementException e) {
            // Another run is shown there.
            return Monitor.start(run, here, 0, Optional.empty());
        }
    }
}
