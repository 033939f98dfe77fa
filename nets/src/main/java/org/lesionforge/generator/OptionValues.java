package org.lesionforge.generator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.io.json.OptionalKey;

/**
 * The values of a record of options by the names of its components, which are written once: in the record. A component that is a record itself is
 * a group.
 *
 * @param options the record
 */
record OptionValues(Record options) {
    /**
     * An option that is not a group.
     *
     * @param name of the component
     * @param key in files, with that of its group: {@code remedies.ema_half_life}
     * @param value its value
     * @param meaning what it is for; empty where the record does not say
     */
    record Leaf(String name, String key, Object value, String meaning) {}

    /** @throws IllegalArgumentException when {@code options} is not a record */
    static OptionValues of(Object options) {
        if (options instanceof Record values) {
            return new OptionValues(values);
        }
        throw new IllegalArgumentException("options must be a record, got " + options.getClass());
    }

    /** The keys of a record in files. */
    static List<String> keys(Class<?> type) {
        return components(type).map(each -> key(each.getName())).toList();
    }

    /** Those of them that a file may leave out. */
    static List<String> optionalKeys(Class<?>... types) {
        return keys(OptionalKey.class, types);
    }

    /** Those of them that a file leaves out where they have their usual value. */
    static List<String> namedWhereUnusual(Class<?>... types) {
        return keys(JsonInclude.class, types);
    }

    private static List<String> keys(Class<? extends Annotation> annotation, Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(OptionValues::components)
                .filter(each ->
                        each.getAccessor().isAnnotationPresent(annotation) || each.isAnnotationPresent(annotation))
                .map(each -> key(each.getName()))
                .toList();
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents());
    }

    /** {@code emaHalfLife} as {@code ema_half_life}. */
    private static String key(String name) {
        return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    List<Leaf> leaves() {
        return leaves("");
    }

    private List<Leaf> leaves(String group) {
        List<Leaf> leaves = new ArrayList<>();
        components(options.getClass()).forEach(each -> {
            Object value = value(each);
            String key = group + key(each.getName());
            if (value instanceof Record inner) {
                leaves.addAll(new OptionValues(inner).leaves(key + "."));
            } else {
                String meaning = Optional.ofNullable(each.getAnnotation(Meaning.class))
                        .map(Meaning::value)
                        .orElse("");
                leaves.add(new Leaf(each.getName(), key, value, meaning));
            }
        });
        return leaves;
    }

    boolean has(String name) {
        return leaves().stream().anyMatch(leaf -> leaf.name().equals(name));
    }

    /** The record with other values; names that it does not have are not looked at. */
    <R> R with(Map<String, Object> values, Class<R> type) {
        return type.cast(with(values));
    }

    private Record with(Map<String, Object> values) {
        List<Class<?>> types = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        components(options.getClass()).forEach(each -> {
            Object value = value(each);
            types.add(each.getType());
            arguments.add(
                    value instanceof Record inner
                            ? new OptionValues(inner).with(values)
                            : values.getOrDefault(each.getName(), value));
        });
        try {
            Constructor<? extends Record> made = options.getClass().getDeclaredConstructor(types.toArray(Class[]::new));
            made.setAccessible(true);
            return made.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return Objects.requireNonNull(component.getAccessor().invoke(options));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
