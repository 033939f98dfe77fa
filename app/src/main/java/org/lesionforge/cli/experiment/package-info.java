/** Commands about experiments: {@code experiment}, {@code demo}, {@code report}, {@code compare}. */
package org.lesionforge.cli.experiment;
