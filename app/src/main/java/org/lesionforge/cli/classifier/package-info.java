/** Commands about classifiers: {@code classify}. */
package org.lesionforge.cli.classifier;
