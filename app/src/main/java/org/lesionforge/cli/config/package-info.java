/** Options from a file: {@code --config}, keys and the options that they stand for. */
package org.lesionforge.cli.config;
