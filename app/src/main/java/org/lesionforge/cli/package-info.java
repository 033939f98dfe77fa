/** The program {@code lesionforge}: one small class per command, which parses, calls the library and prints. No logic. */
package org.lesionforge.cli;
