/** Commands about the ISIC archive: {@code isic}. */
package org.lesionforge.cli.isic;
