/** Measuring this machine: {@code bench}. */
package org.lesionforge.cli.bench;
