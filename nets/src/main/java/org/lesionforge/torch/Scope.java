package org.lesionforge.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Owns the native memory of every tensor made while it is open, on this thread:
 *
 * <pre>{@code
 * try (Scope scope = new Scope()) {
 *     …                       // intermediates
 *     return scope.keep(y);   // y outlives the scope; everything else is freed here
 * }
 * }</pre>
 *
 * <p>Without a scope, tensors wait for the garbage collector, which sees eight bytes of each and never hurries. Nets are made outside
 * scopes: a scope would free the handles of their layers.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope outer;
    private final PointerScope inner;

    public Scope() {
        Torch.load();
        outer = PointerScope.getInnerScope();
        inner = new PointerScope();
    }

    /** Hands {@code pointer} to the scope around this one or, where there is none, to the caller. */
    public <P extends Pointer> P keep(P pointer) {
        pointer.retainReference(); // detaching releases one reference, and the last one released frees
        inner.detach(pointer);
        if (outer != null) {
            outer.attach(pointer);
            pointer.releaseReference();
        }
        return pointer;
    }

    /** Hands {@code pointer}, just made, to the caller alone, whatever scopes are open: it lives until it is closed. */
    public static <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    @Override
    public void close() {
        inner.close();
    }
}
