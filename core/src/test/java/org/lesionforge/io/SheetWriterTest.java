package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetWriterTest {
    @Test
    void textIsNoFormulaAndNumbersStay() {
        StringWriter out = new StringWriter();
        try (SheetWriter sheet = new SheetWriter(out)) {
            sheet.row(List.of("path", "value"));
            sheet.row(List.of("=HYPERLINK(1)", -1.5));
            sheet.row(List.of("+1", "@a"));
            sheet.row(List.of("-x", true));
            sheet.row(List.of("\tx", "a=b"));
            sheet.row(List.of("", -3));
        }
        assertEquals(
                "path,value\n'=HYPERLINK(1),-1.5\n'+1,'@a\n'-x,true\n'\tx,a=b\n,-3\n",
                out.toString().replace("\r", ""));
    }

    @Test
    void whatWasEscapedIsReadAsItWas() {
        assertEquals("=1", SheetWriter.text("'=1"));
        assertEquals("'quoted'", SheetWriter.text("'quoted'"));
        assertEquals("", SheetWriter.text(""));
    }
}
