package org.lesionforge.cli.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine;

/** {@code serve} on the command line. */
final class ServeCommandTest {
    private static final String RUNS = "src/test/resources/runs-of-0.1";

    @Test
    void showsRunsOfVersion01UntilItIsEnded() throws Exception {
        StringWriter out = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        int[] code = {-1};
        Thread serving = new Thread(() -> code[0] = command.execute("serve", RUNS, "--port", "0", "--json", "--quiet"));
        serving.start();
        for (int i = 0; i < 200 && !out.toString().contains("\n"); i++) {
            Thread.sleep(50);
        }
        JsonNode printed = new ObjectMapper().readTree(out.toString());
        assertEquals(1, printed.size());
        JsonNode runs = new ObjectMapper().readTree(get(printed.get("address").asText() + "api/runs"));
        assertEquals("experiment", runs.get(0).get("path").asText());
        assertEquals("finished", runs.get(0).get("state").asText());
        assertEquals(6, runs.get(0).get("done").asInt());
        // The experiment with its GAN and six trials, and the GAN by itself; what has no configuration is not a run.
        assertEquals(9, runs.size());
        serving.interrupt();
        serving.join(5_000);
        assertEquals(ExitCode.DONE, code[0]);
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void whatCannotBeServed(@TempDir Path folder) {
        Invocation.of("serve", folder.resolve("nowhere").toString())
                .fails(ExitCode.UNUSABLE_INPUT, "nowhere is not a folder");
        Invocation.of("serve", RUNS, "--bind", "0.0.0.0").fails(ExitCode.WRONG_USAGE, "--token");
        Invocation.of("serve", RUNS, "--port", "65536").fails(ExitCode.WRONG_USAGE, "--port must be 0 to 65535");
        Invocation.of("serve", RUNS, "--bind", "not an address").fails(ExitCode.WRONG_USAGE, "got 'not an address'");
        Invocation.of("serve", RUNS, "--token", "a b").fails(ExitCode.WRONG_USAGE, "--token takes");
        Invocation taken = Invocation.of("serve", RUNS, "--bind", "192.0.2.1", "--token", "--port", "0");
        taken.fails(ExitCode.MISSING_REQUIREMENT, "192.0.2.1");
        assertTrue(taken.err().contains("cannot listen"), taken.err());
    }
}
