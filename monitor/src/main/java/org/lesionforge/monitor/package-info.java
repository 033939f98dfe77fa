/**
 * The live page: a small web server that shows the runs below a folder while they are at work. It reads files, and
 * writes none; whatever it knows is in the files of the runs (docs/contracts.md).
 */
@NullMarked
package org.lesionforge.monitor;

import org.jspecify.annotations.NullMarked;
