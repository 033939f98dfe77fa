package org.lesionforge.cli;

import org.lesionforge.report.page.Report;

/** Uses a class of another room, for the test that arrows are found. */
public final class Planted {
    public static final Class<?> OTHER = Report.class;

    private Planted() {}
}
