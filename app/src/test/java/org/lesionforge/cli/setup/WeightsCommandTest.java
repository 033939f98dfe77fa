package org.lesionforge.cli.setup;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.json.Json;
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
        Invocation.of("weights", "import", "fid")
                .fails(ExitCode.UNUSABLE_INPUT, "no file fid", "lesionforge weights fetch fid");
        Invocation.of("weights", "import", folder.toString())
                .fails(ExitCode.UNUSABLE_INPUT, folder.toString(), "name one of the files");
        Invocation.of("weights", "verify", folder.toString())
                .fails(ExitCode.UNUSABLE_INPUT, folder + " is a folder", "name the safetensors or .pth file");
        Invocation.of("weights", "verify", "mobilenet-v2")
                .fails(
                        ExitCode.MISSING_REQUIREMENT,
                        "no weights file mobilenet-v2,",
                        "is called mobilenet-v2-imagenet, mobilenet-v2-imagenet-v2;");
        assertFalse(WeightsCache.ofUser().has(KnownWeights.FID));
    }

    /** A file that says it is a network's first layers, with one number. */
    private String oneNumber(float value) throws IOException {
        String header =
                "{\"__metadata__\":{\"lesionforge.network\":\"mine\",\"lesionforge.pooling\":\"INCLUDE_PADDING\","
                        + "\"lesionforge.input\":\"x/127.5-1\"},\"Conv2d_2b_3x3.conv.weight\":"
                        + "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(12 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).putFloat(value);
        return Files.write(folder.resolve("one.safetensors"), bytes.array()).toString();
    }

    @Test
    void weightsThatAreNotFiniteAreRefusedByEveryCommand() throws IOException {
        String file = oneNumber(Float.NaN);
        String[] words = {"'Conv2d_2b_3x3.conv.weight'", file, "1 values of 1 that are NaN or infinite"};
        Invocation.of("weights", "verify", file).fails(ExitCode.UNUSABLE_INPUT, words);
        Invocation.of("evaluate", folder.toString(), folder.toString(), "--metric-weights", file)
                .fails(ExitCode.UNUSABLE_INPUT, words);
        // A number is no network, but that is another reason.
        Invocation.of("weights", "verify", oneNumber(1)).fails(ExitCode.UNUSABLE_INPUT, "does not fit the network");
    }

    /** In PyTorch's old format: a list within itself as version, as state, and text of 2 GB as state. */
    @Test
    void hostileFilesAreRefusedInOneLine() throws IOException {
        String magic = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
        String version = "\u0080\u0002M\u00e9\u0003.";
        String system = "\u0080\u0002}X\r\u0000\u0000\u0000little_endian\u0088s.";
        String cycle = "\u0080\u0002]q\u0000h\u0000a.";
        String text = "\u0080\u0002X\u00ff\u00ff\u00ff\u007fshort";
        for (String pickles :
                List.of(magic + cycle, magic + version + system + cycle, magic + version + system + text)) {
            String file = Files.write(folder.resolve("made.pth"), pickles.getBytes(StandardCharsets.ISO_8859_1))
                    .toString();
            for (String[] command : new String[][] {
                {"weights", "verify", file},
                {"weights", "import", file},
                {"evaluate", folder.toString(), folder.toString(), "--metric-weights", file}
            }) {
                Invocation refused = Invocation.of(command);
                refused.fails(ExitCode.UNUSABLE_INPUT, file);
                assertEquals(1, refused.err().lines().count(), refused.err());
            }
        }
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
