package org.lesionforge.cli.common;

import java.util.Iterator;
import org.lesionforge.backbone.Architecture;

/** The name of a backbone's architecture: {@code inception-v3}. */
public final class ArchitectureConverter extends WordConverter<Architecture> {
    ArchitectureConverter(Zoos zoos) {
        super(word -> zoos.backbones()
                .named(word)
                .orElseThrow(() -> new IllegalArgumentException("there is no network '" + word + "'; there are "
                        + zoos.backbones().names())));
    }

    /** All that there are. */
    public static final class Names implements Iterable<String> {
        private final Zoos zoos;

        Names(Zoos zoos) {
            this.zoos = zoos;
        }

        @Override
        public Iterator<String> iterator() {
            return zoos.backbones().architectures().stream()
                    .map(Architecture::name)
                    .iterator();
        }
    }
}
