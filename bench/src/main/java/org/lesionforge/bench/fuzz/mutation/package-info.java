/** Ways to damage a file: bytes, text, JSON, chunks of a PNG, entries of a zip. */
package org.lesionforge.bench.fuzz.mutation;
