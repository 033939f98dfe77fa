/** What a machine needs: {@code doctor}, {@code weights}, {@code completion}. */
package org.lesionforge.cli.setup;
