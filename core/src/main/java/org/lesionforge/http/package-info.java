/**
 * Asking servers that may be slow, busy or broken: time-outs on bodies too, back-off, {@code Retry-After}, downloads that resume where they
 * stopped, the environment's proxies.
 *
 * <p>Not here: what is asked for, and whether what came is what was meant; the callers check that.
 */
package org.lesionforge.http;
