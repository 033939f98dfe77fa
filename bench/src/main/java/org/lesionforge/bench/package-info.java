/** Benchmarks, not shipped. */
package org.lesionforge.bench;
