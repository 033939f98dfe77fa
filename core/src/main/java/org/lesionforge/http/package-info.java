/**
 * Requests to servers that may be slow, busy or broken: time-outs that include the body, back-off, {@code Retry-After},
 * downloads that resume where they stopped, the environment's proxies.
 *
 * <p>Not here: what is requested, and whether its content is the expected one; the callers check that.
 */
@NullMarked
package org.lesionforge.http;

import org.jspecify.annotations.NullMarked;
