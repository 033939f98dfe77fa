/** The self-contained HTML page of a run: {@link org.lesionforge.report.page.Report} and a class per section. */
package org.lesionforge.report.page;
