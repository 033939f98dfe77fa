package org.lesionforge.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.UnusableInputException;

/**
 * Reads pickles of tensors and plain containers, and nothing else.
 *
 * <p>A pickle is a program for a stack machine (Python's {@code pickletools} describes it), and loading one the usual way calls whatever
 * it names. Here nothing is ever called: the few names that a state dict needs ({@link PickleName}) stand for things built below, and a
 * pickle that says any other name, or an operation that no state dict needs, is refused at that byte.
 *
 * <p>Python's values become {@code Map}, {@code List} (lists, tuples, sizes), {@code String}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, {@code null} and {@link TensorView}.
 */
final class StatePickle {
    private final PickleInput in;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, StorageRef> storages = new LinkedHashMap<>();

    private StatePickle(PickleInput in) {
        this.in = in;
    }

    /** What a pickle holds, and the storages that it speaks of by key. */
    record Content(Object value, Map<String, StorageRef> storages) {}

    /**
     * Reads one pickle, to its end and no further.
     *
     * @throws UnusableInputException naming what the pickle asks for and may not have
     * @throws IOException when it is cut short
     */
    static Content read(PickleInput in) throws IOException {
        StatePickle machine = new StatePickle(in);
        return new Content(machine.run(), Collections.unmodifiableMap(machine.storages));
    }

    private Object run() throws IOException {
        while (true) {
            int operation = in.unsignedByte();
            if (operation == '.') {
                return pop();
            }
            step(operation);
        }
    }

    private void step(int operation) throws IOException {
        switch (operation) {
            case 0x80 -> in.unsignedByte(); // PROTO
            case 0x95 -> in.int64(); // FRAME
            case '(' -> marks.push(stack.size());
            case '0' -> pop();
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 'J' -> push((long) in.int32());
            case 0x8a -> push(integer(in.bytes(in.unsignedByte()))); // LONG1
            case 'G' -> push(in.bigEndianDouble());
            case 'X' -> push(in.text(in.unsignedInt()));
            case 0x8c, 'U' -> push(in.text(in.unsignedByte())); // as Python 3 and Python 2 write short strings
            case 'T' -> push(in.text(in.unsignedInt()));
            case ')' -> push(List.of());
            case 't' -> push(tuple(popMarked()));
            case 0x85 -> push(tuple(popLast(1)));
            case 0x86 -> push(tuple(popLast(2)));
            case 0x87 -> push(tuple(popLast(3)));
            case ']' -> push(new ArrayList<>());
            case 'l' -> push(popMarked());
            case '}' -> push(new LinkedHashMap<>());
            case 'd' -> {
                List<Object> items = popMarked();
                push(new LinkedHashMap<>());
                putAll(items);
            }
            case 'a' -> addAll(popLast(1));
            case 'e' -> addAll(popMarked());
            case 's' -> putAll(popLast(2));
            case 'u' -> putAll(popMarked());
            case 'q' -> memo.put((long) in.unsignedByte(), top());
            case 'r' -> memo.put(in.unsignedInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
            case 'h' -> push(recall(in.unsignedByte()));
            case 'j' -> push(recall(in.unsignedInt()));
            case 'c' -> push(named(in.line(), in.line()));
            case 0x93 -> { // STACK_GLOBAL
                String name = pop(String.class);
                push(named(pop(String.class), name));
            }
            case 'Q' -> push(storage(pop(List.class)));
            case 'R' -> {
                List<?> arguments = pop(List.class);
                push(build(pop(PickleName.class), arguments));
            }
            case 'b' -> ignoreAttributes();
            default ->
                throw refused("the operation " + operation + " (" + (char) operation
                        + "), which no dictionary of tensors needs");
        }
    }

    private Object named(String module, String name) {
        return PickleName.of(module + " " + name)
                .orElseThrow(() -> refused("'" + module + "." + name
                        + "'. Only tensors and plain containers are read from a pickle, because loading anything else "
                        + "can run code. If you trust where the file came from, save model.state_dict() alone"));
    }

    private Object build(PickleName name, List<?> arguments) {
        return switch (name) {
            case ORDERED_DICT -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                if (!arguments.isEmpty()) {
                    for (Object pair : argument(arguments, 0, List.class)) {
                        if (!(pair instanceof List<?> two) || two.size() != 2) {
                            throw refused("an ordered dictionary of something else than pairs");
                        }
                        map.put(key(two.get(0)), two.get(1));
                    }
                }
                yield map;
            }
            case SIZE -> argument(arguments, 0, List.class);
            case PARAMETER -> argument(arguments, 0, TensorView.class);
            case TENSOR ->
                new TensorView(
                        argument(arguments, 0, StorageRef.class),
                        argument(arguments, 1, Long.class),
                        longs(argument(arguments, 2, List.class)),
                        longs(argument(arguments, 3, List.class)));
            default -> throw refused("a call of " + name);
        };
    }

    /** Persistent ids are how PyTorch says "the numbers are elsewhere": ('storage', type, key, device, count[, view]). */
    private StorageRef storage(List<?> id) {
        if (id.size() < 5 || !"storage".equals(id.get(0)) || (id.size() > 5 && id.get(5) != null)) {
            throw refused("a persistent id that is not a whole storage");
        }
        NumberType type =
                argument(id, 1, PickleName.class).storageType().orElseThrow(() -> refused("a storage of " + id.get(1)));
        StorageRef storage = new StorageRef(argument(id, 2, String.class), type, argument(id, 4, Long.class));
        StorageRef before = storages.putIfAbsent(storage.key(), storage);
        if (storage.elements() < 0
                || storage.elements() > Long.MAX_VALUE / type.bytes()
                || (before != null && !before.equals(storage))) {
            throw refused("storage '" + storage.key() + "' of " + storage.elements() + " numbers of type " + type
                    + (before == null ? "" : ", which it described as " + before + " before"));
        }
        return storage;
    }

    /** Attributes of a dictionary ({@code _metadata}: the versions of the layers) tell nothing that loading weights needs. */
    private void ignoreAttributes() {
        pop(Map.class);
        if (!(top() instanceof Map)) {
            throw refused("attributes on something else than a dictionary");
        }
    }

    @SuppressWarnings("unchecked") // every map on the stack was made here
    private void putAll(List<Object> items) {
        if (!(top() instanceof Map) || items.size() % 2 != 0) {
            throw refused("items for something else than a dictionary");
        }
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            map.put(key(items.get(i)), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked") // every list on the stack was made here; tuples are no ArrayList
    private void addAll(List<Object> items) {
        if (!(top() instanceof ArrayList)) {
            throw refused("items for something else than a list");
        }
        ((ArrayList<Object>) top()).addAll(items);
    }

    /** Containers are no keys: one that contains itself would be hashed for ever. */
    private Object key(Object key) {
        if (key == null || key instanceof Collection || key instanceof Map) {
            throw refused("a dictionary with keys that are neither text nor numbers");
        }
        return key;
    }

    private List<Long> longs(List<?> numbers) {
        List<Long> longs = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            longs.add(argument(numbers, i, Long.class));
        }
        return Collections.unmodifiableList(longs);
    }

    private <T> T argument(List<?> arguments, int index, Class<T> type) {
        if (index >= arguments.size()) {
            throw refused("a call with only " + arguments.size() + " arguments");
        }
        return cast(arguments.get(index), type);
    }

    private <T> T cast(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw refused("a " + type.getSimpleName() + " where it has "
                    + (value == null ? "None" : "a " + value.getClass().getSimpleName()));
        }
        return type.cast(value);
    }

    private static Object integer(byte[] littleEndian) {
        if (littleEndian.length == 0) {
            return 0L;
        }
        byte[] bytes = littleEndian.clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = littleEndian[bytes.length - 1 - i];
        }
        BigInteger value = new BigInteger(bytes);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static List<Object> tuple(List<Object> items) {
        return Collections.unmodifiableList(items);
    }

    private Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw refused("the memory cell " + index + ", where it put nothing");
        }
        return memo.get(index);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw refused("a value from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private <T> T pop(Class<T> type) {
        return cast(pop(), type);
    }

    private List<Object> popMarked() {
        if (marks.isEmpty() || marks.peek() > stack.size()) {
            throw refused("the values since a mark that it did not set");
        }
        return popLast(stack.size() - marks.pop());
    }

    private List<Object> popLast(int count) {
        if (count > stack.size()) {
            throw refused(count + " values from a stack of " + stack.size());
        }
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> items = new ArrayList<>(tail);
        tail.clear();
        return items;
    }

    private UnusableInputException refused(String what) {
        return new UnusableInputException("before byte " + in.position() + " its pickle asks for " + what);
    }
}
