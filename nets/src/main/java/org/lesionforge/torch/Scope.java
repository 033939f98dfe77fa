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

    /** Opens a scope inside the one that is open on this thread; loads libtorch. */
    public Scope() {
        Torch.load();
        outer = PointerScope.getInnerScope();
        inner = new PointerScope();
    }

    /**
     * Hands a pointer to the scope around this one or, where there is none, to the caller.
     *
     * @param <P> what it points to
     * @param pointer made while this scope was the innermost
     * @return the pointer
     */
    public <P extends Pointer> P keep(P pointer) {
        pointer.retainReference(); // detaching releases one reference, and the last one released frees
        inner.detach(pointer);
        if (outer != null) {
            outer.attach(pointer);
            pointer.releaseReference();
        }
        return pointer;
    }

    /**
     * Hands a pointer to the caller alone, whatever scopes are open: it lives until it is closed.
     *
     * @param <P> what it points to
     * @param pointer just made
     * @return the pointer
     */
    public static <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    @Override
    public void close() {
        inner.close();
    }
}
