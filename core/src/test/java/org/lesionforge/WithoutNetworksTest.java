package org.lesionforge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.report.FakeRun;
import org.lesionforge.report.page.Report;

/** This module has no libtorch on its class path and does its work all the same; so do the tests of {@code isic} beside this one. */
final class WithoutNetworksTest {
    @TempDir
    Path folder;

    @Test
    void thereIsNoLibtorch() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.bytedeco.pytorch.Tensor"));
        assertFalse(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .contains("pytorch"));
    }

    @Test
    void imagesArePrepared() throws IOException {
        assertEquals(
                4,
                SmallDataset.prepare(
                                folder,
                                List.of(
                                        "i1,benign,a,train",
                                        "i2,malignant,b,train",
                                        "i3,benign,c,test",
                                        "i4,malignant,d,test"))
                        .images()
                        .size());
    }

    @Test
    void aRunIsDrawn() throws IOException {
        Path run = FakeRun.complete(folder.resolve("run"));
        assertTrue(Files.size(Report.write(run)) > 10_000);
    }
}
