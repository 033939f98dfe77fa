package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.ToyProgram;

final class ClassifyArchitecturesCommandTest {
    private static Invocation architectures(String... more) {
        String[] all = new String[2 + more.length];
        all[0] = "classify";
        all[1] = "architectures";
        System.arraycopy(more, 0, all, 2, more.length);
        return Invocation.of(ToyProgram.ZOOS, all);
    }

    /** Inception's numbers as torchvision's code gives them; the toy's by hand: kernels of 3x3 and norms, then 10 features to 1,000 classes. */
    @Test
    void saysWhatEachNetworkCosts() throws IOException {
        JsonNode all =
                new ObjectMapper().readTree(architectures("--json").succeeds().out());
        assertEquals(2, all.size());
        JsonNode inception = all.get(0);
        assertEquals("inception-v3", inception.get("name").asText());
        assertEquals(27_161_264, inception.get("parameters").asLong());
        assertEquals(2 * (5.711168096 + 0.002048), inception.get("gigaflop").asDouble(), 1e-9);
        assertEquals(299, inception.get("side").asInt());
        assertEquals(75, inception.get("smallest_side").asInt());
        assertEquals(2048, inception.get("features").asInt());
        assertTrue(inception.get("class_activation").asBoolean());
        assertEquals("inception-v3-imagenet", inception.at("/weights/0/name").asText());
        assertTrue(inception.at("/weights/0/licence").asText().startsWith("BSD-3-Clause"));
        assertEquals("x/127.5-1", inception.at("/weights/0/input").asText());
        assertEquals("fid", inception.at("/weights/1/name").asText());
        JsonNode toy = all.get(1);
        assertEquals("Toy", toy.get("title").asText());
        assertEquals(0, toy.get("weights").size());
    }

    @Test
    void tableHasALineForEach() {
        String text = architectures().succeeds().out();
        assertTrue(text.matches("(?s).*inception-v3 +27\\.2 M +11\\.43 +299 +75 *\n +inception-v3-imagenet.*"), text);
        assertTrue(text.matches("(?s).*\ntoy +0\\.0 M +0\\.00 +24 +7 +none known\n.*"), text);
    }
}
