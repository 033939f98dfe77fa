package org.lesionforge.cli.common;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, mixins and converters: those with a constructor that takes {@link Zoos} with these, all others as picocli does. */
public final class ZooFactory implements IFactory {
    private final Zoos zoos;

    public ZooFactory(Zoos zoos) {
        this.zoos = zoos;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Zoos.class) {
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(zoos));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
