/** The self-contained HTML page of a run: {@link org.lesionforge.report.page.Report} and a class per section. */
@NullMarked
package org.lesionforge.report.page;

import org.jspecify.annotations.NullMarked;
