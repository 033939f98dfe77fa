/** Charts as SVG, and the markup and style sheets that figures and page are made of. Knows no run: a chart gets names and numbers. */
@NullMarked
package org.lesionforge.report.figure;

import org.jspecify.annotations.NullMarked;
