package org.lesionforge.cli.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.monitor.Monitor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve [RUNS]} */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Shows the runs below a folder on a live page, until Ctrl-C: curves, sample grids, alarms, messages, "
                        + "an experiment's trials. It reads files only, and works beside a training or after it.")
public final class ServeCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 16;
    private static final int LAST_PORT = 65535;

    /** No name, which would be looked up in the network. */
    private static final Pattern ADDRESS =
            Pattern.compile("localhost|\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** The value of {@code --token} without one. */
    private static final String ANY = "";

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "RUNS", arity = "0..1", defaultValue = "runs", description = "A folder of runs, or a run.")
    private Path runs;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + Monitor.USUAL_PORT,
            description = "Port of the page; 0 for any free one.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address of this machine to listen at. One that others can reach needs --token.")
    private String bind;

    @Option(
            names = "--token",
            arity = "0..1",
            paramLabel = "TEXT",
            fallbackValue = ANY,
            description = "A reader must bring this text, which is in the printed address. Without TEXT one is drawn. "
                    + "Default: none is asked for.")
    private String token;

    @Override
    public Integer call() throws IOException {
        InetAddress address = common.usage(this::address);
        Optional<String> asked = common.usage(this::token);
        if (!Files.isDirectory(runs)) {
            throw new UnusableInputException(
                    runs + " is not a folder; name the one that your runs are in: lesionforge serve RUNS");
        }
        common.checkUsage(() -> {
            if (!address.isLoopbackAddress() && asked.isEmpty()) {
                throw new IllegalArgumentException(
                        "other machines can reach " + bind + ", so a reader must bring a token: add --token");
            }
        });
        try (Monitor monitor = Monitor.start(runs, address, port, asked)) {
            common.print(common.json ? Json.line(Map.of("address", monitor.uri())) : monitor.uri());
            common.progress().message("showing the runs in " + runs + "; end with Ctrl-C");
            monitor.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    private InetAddress address() {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("--port must be 0 to " + LAST_PORT + ", got " + port);
        }
        try {
            if (ADDRESS.matcher(bind).matches()) {
                return InetAddress.getByName(bind);
            }
        } catch (UnknownHostException e) {
            // Such as 1.2.3.400.
        }
        throw new IllegalArgumentException(
                "--bind takes an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1, got '" + bind + "'");
    }

    private Optional<String> token() {
        if (token == null || !token.equals(ANY)) {
            if (token != null && !token.matches("[A-Za-z0-9._~-]+")) {
                throw new IllegalArgumentException(
                        "--token takes letters, digits, '.', '_', '~' and '-', got '" + token + "'");
            }
            return Optional.ofNullable(token);
        }
        byte[] drawn = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(drawn);
        return Optional.of(HexFormat.of().formatHex(drawn));
    }
}
