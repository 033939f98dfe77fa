/** What several commands share: options, exit codes, words and paths, progress on the console, interruption. */
package org.lesionforge.cli.common;
