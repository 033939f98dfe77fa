/** Commands about data sets: {@code prepare}, {@code audit}. */
package org.lesionforge.cli.data;
