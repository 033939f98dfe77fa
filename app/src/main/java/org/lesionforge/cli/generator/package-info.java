/** Commands about generators: {@code gan}. */
package org.lesionforge.cli.generator;
