package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.Json;
import org.lesionforge.weights.KnownWeights;
import org.lesionforge.weights.WeightsCache;

/** With an empty cache: Surefire sets {@code LESIONFORGE_HOME} to a folder in which no test puts weights. */
class WeightsCommandTest {
    private static final String FID = "pt_inception-2015-12-05-6726825d.pth";

    @TempDir
    Path folder;

    @Test
    void listsWhatIsKnownAndWhatIsHere() throws IOException {
        String text = Invocation.of("weights", "list").succeeds().out();
        assertTrue(text.contains("fid: ") && text.contains("  here      no"), text);
        assertTrue(text.contains("https://download.pytorch.org/models/inception_v3_google-0cc3c7bd.pth"), text);
        Path json = Files.writeString(
                folder.resolve("json"),
                Invocation.of("weights", "list", "--json").succeeds().out());
        assertEquals(
                "6726825d", Json.readTree(json).at("/weights/1/sha256").asText().substring(0, 8));
        assertTrue(Json.readTree(json).at("/weights/1/path").isNull());
    }

    @Test
    void aKnownNameThatIsNotHereSaysHowToGetIt() {
        String[] words = {"weights fetch fid", FID, KnownWeights.FID.address().toString(), "weights import " + FID};
        Invocation.of("weights", "verify", "fid").fails(ExitCode.MISSING_REQUIREMENT, words);
        assertFalse(WeightsCache.ofUser().has(KnownWeights.FID));
    }

    @Test
    void withoutANetworkItNamesFileAddressAndImport() throws IOException {
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(deadProxy());
        try {
            Invocation.of("weights", "fetch", "fid", "--quiet")
                    .fails(
                            ExitCode.MISSING_REQUIREMENT,
                            "no connection",
                            FID,
                            KnownWeights.FID.address().toString(),
                            "lesionforge weights import " + FID);
        } finally {
            ProxySelector.setDefault(usual);
        }
    }

    @Test
    void wrongNamesAndWrongFilesAreRefused() throws IOException {
        Invocation.of("weights", "fetch", "resnet").fails(ExitCode.WRONG_USAGE, "resnet", "inception-v3-imagenet, fid");
        Path wrong = Files.writeString(folder.resolve(FID), "an error page");
        Invocation.of("weights", "import", wrong.toString())
                .fails(ExitCode.UNUSABLE_INPUT, wrong.toString(), "none of the known files", FID);
        Invocation.of("weights", "import", folder.resolve("absent").toString())
                .fails(ExitCode.UNUSABLE_INPUT, "there is no file");
        assertFalse(WeightsCache.ofUser().has(KnownWeights.FID));
    }

    /** A port on which nobody listens any more. */
    private static ProxySelector deadProxy() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI address) {
                return List.of(new Proxy(Proxy.Type.HTTP, nobody));
            }

            @Override
            public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
        };
    }
}
