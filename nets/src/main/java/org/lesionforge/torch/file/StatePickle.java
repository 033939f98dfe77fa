package org.lesionforge.torch.file;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * Reads pickles of tensors and plain containers, and nothing else.
 *
 * <p>A pickle is a program for a stack machine (Python's {@code pickletools} describes it), and loading one the usual way calls whatever
 * it names. Here nothing is ever called: the few names that a state dict needs ({@link PickleName}) stand for things built below, and a
 * pickle that says any other name, or an operation that no state dict needs, is refused at that byte.
 *
 * <p>Python's values become {@link PickleDict}, {@link PickleList} (lists, tuples, sizes), {@code String}, {@code Long},
 * {@code BigInteger}, {@code Double}, {@code Boolean}, {@code null} and {@link TensorView}.
 *
 * <p>Time and memory are bounded, whatever the file says: by {@link PickleInput} in bytes, here in operations and in values that one
 * operation copies.
 */
final class StatePickle {
    /** Operations and copied values of one pickle: torch.save takes about 40 a tensor, so that there may be 10,000 of them. */
    private static final int MOST_WORK = 400_000;

    /** A number as torch.save counts them, or the address that it used to write. */
    private static final String STORAGE_KEY = "\\w{1,100}";

    /** libtorch's own limit. */
    private static final int MOST_DIMENSIONS = 64;

    private final PickleInput in;
    private int work;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, StorageRef> storages = new LinkedHashMap<>();

    private StatePickle(PickleInput in) {
        this.in = in;
    }

    /** What a pickle holds, and the storages that it speaks of by key. */
    record Content(@Nullable Object value, Map<String, StorageRef> storages) {}

    /**
     * Reads one pickle, to its end and no further.
     *
     * @throws UnusableInputException naming what the pickle refers to and may not use
     * @throws IOException when it is cut short
     */
    static Content read(PickleInput in) throws IOException {
        StatePickle machine = new StatePickle(in);
        return new Content(machine.run(), Collections.unmodifiableMap(machine.storages));
    }

    private @Nullable Object run() throws IOException {
        while (true) {
            int operation = in.unsignedByte();
            spend(1);
            if (operation == '.') {
                return pop();
            }
            step(operation);
        }
    }

    private void spend(int amount) {
        work += amount;
        if (work > MOST_WORK) {
            throw new UnusableInputException("its pickle has more than " + MOST_WORK
                    + " operations, which no state dict needs; save one alone, " + SavedState.REMEDY);
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
            case ')' -> push(PickleList.tuple(List.of()));
            case 't' -> push(PickleList.tuple(popMarked()));
            case 0x85 -> push(PickleList.tuple(popLast(1)));
            case 0x86 -> push(PickleList.tuple(popLast(2)));
            case 0x87 -> push(PickleList.tuple(popLast(3)));
            case ']' -> push(PickleList.list(new ArrayList<>()));
            case 'l' -> push(PickleList.list(popMarked()));
            case '}' -> push(new PickleDict());
            case 'd' -> {
                List<@Nullable Object> items = popMarked();
                push(new PickleDict());
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
            case 'Q' -> push(storage(pop(PickleList.class)));
            case 'R' -> {
                PickleList arguments = pop(PickleList.class);
                push(build(pop(PickleName.class), arguments));
            }
            case 'b' -> ignoreAttributes();
            default ->
                throw refused("the operation " + operation + " (" + Printable.excerpt(Character.toString(operation))
                        + "), which no dictionary of tensors needs");
        }
    }

    private Object named(String module, String name) {
        return PickleName.of(module + " " + name)
                .orElseThrow(() -> refused("'" + Printable.excerpt(module + "." + name)
                        + "', but only tensors and plain containers are read, because loading anything else can run"
                        + " code; if you trust where the file came from, load it and save its weights alone, "
                        + SavedState.REMEDY));
    }

    private Object build(PickleName name, PickleList arguments) {
        return switch (name) {
            case ORDERED_DICT -> {
                PickleDict dict = new PickleDict();
                if (arguments.size() > 0) {
                    PickleList pairs = argument(arguments, 0, PickleList.class);
                    spend(pairs.size());
                    for (int i = 0; i < pairs.size(); i++) {
                        if (!(pairs.get(i) instanceof PickleList pair) || pair.size() != 2) {
                            throw refused("an ordered dictionary of something else than pairs");
                        }
                        put(dict, pair.get(0), pair.get(1));
                    }
                }
                yield dict;
            }
            case SIZE -> argument(arguments, 0, PickleList.class);
            case PARAMETER -> argument(arguments, 0, TensorView.class);
            case TENSOR ->
                new TensorView(
                        argument(arguments, 0, StorageRef.class),
                        argument(arguments, 1, Long.class),
                        longs(argument(arguments, 2, PickleList.class)),
                        longs(argument(arguments, 3, PickleList.class)));
            default -> throw refused("a call of " + name);
        };
    }

    /** Persistent ids are how PyTorch says "the numbers are elsewhere": ('storage', type, key, device, count[, view]). */
    private StorageRef storage(PickleList id) {
        if (id.size() < 5 || !"storage".equals(id.get(0)) || (id.size() > 5 && id.get(5) != null)) {
            throw refused("a persistent id that is not a whole storage");
        }
        NumberType type =
                argument(id, 1, PickleName.class).storageType().orElseThrow(() -> refused("a storage of " + id.get(1)));
        String key = argument(id, 2, String.class);
        if (!key.matches(STORAGE_KEY)) {
            throw refused("a storage of the key '" + Printable.excerpt(key) + "', which torch.save would not give");
        }
        StorageRef storage = new StorageRef(key, type, argument(id, 4, Long.class));
        StorageRef before = storages.putIfAbsent(storage.key(), storage);
        if (storage.elements() < 0
                || storage.elements() > Long.MAX_VALUE / type.bytes()
                || (before != null && !before.equals(storage))) {
            throw refused("storage '" + storage.key() + "' of " + storage.elements() + " numbers of type " + type
                    + (before == null ? "" : ", which it described otherwise before"));
        }
        return storage;
    }

    /** Attributes of a dictionary ({@code _metadata}: the versions of the layers) tell nothing that loading weights needs. */
    private void ignoreAttributes() {
        pop(PickleDict.class);
        if (!(top() instanceof PickleDict)) {
            throw refused("attributes on something else than a dictionary");
        }
    }

    private void putAll(List<@Nullable Object> items) {
        if (!(top() instanceof PickleDict dict) || items.size() % 2 != 0) {
            throw refused("items for something else than a dictionary");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(dict, items.get(i), items.get(i + 1));
        }
    }

    private void addAll(List<@Nullable Object> items) {
        if (!(top() instanceof PickleList list) || !list.addAll(items)) {
            throw refused("items for something else than a list");
        }
    }

    private void put(PickleDict dict, @Nullable Object key, @Nullable Object value) {
        if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
            throw refused("a dictionary with keys that are neither text nor numbers");
        }
        dict.put(key, value);
    }

    private List<Long> longs(PickleList numbers) {
        if (numbers.size() > MOST_DIMENSIONS) {
            throw refused("a tensor of " + numbers.size() + " dimensions");
        }
        List<Long> longs = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            longs.add(argument(numbers, i, Long.class));
        }
        return Collections.unmodifiableList(longs);
    }

    private <T> T argument(PickleList arguments, int index, Class<T> type) {
        if (index >= arguments.size()) {
            throw refused("a call with only " + arguments.size() + " arguments");
        }
        return cast(arguments.get(index), type);
    }

    private <T> T cast(@Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw refused(kind(type) + " where it has " + (value == null ? "None" : kind(value.getClass())));
        }
        return type.cast(value);
    }

    /** As people who know Python would say it. */
    private static String kind(Class<?> type) {
        return Map.of(
                        PickleDict.class, "a dictionary",
                        PickleList.class, "a list or tuple",
                        PickleName.class, "a name",
                        TensorView.class, "a tensor",
                        StorageRef.class, "a storage",
                        String.class, "text",
                        Long.class, "a number",
                        BigInteger.class, "a number beyond 64 bits",
                        Double.class, "a fraction",
                        Boolean.class, "a truth value")
                .getOrDefault(type, "something else");
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

    private @Nullable Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw refused("the memory cell " + index + ", where it put nothing");
        }
        return memo.get(index);
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object top() {
        if (stack.isEmpty()) {
            throw refused("a value from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private @Nullable Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private <T> T pop(Class<T> type) {
        return cast(pop(), type);
    }

    private List<@Nullable Object> popMarked() {
        if (marks.isEmpty() || marks.peek() > stack.size()) {
            throw refused("the values since a mark that it did not set");
        }
        return popLast(stack.size() - marks.pop());
    }

    private List<@Nullable Object> popLast(int count) {
        if (count > stack.size()) {
            throw refused(count + " values from a stack of " + stack.size());
        }
        List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
        List<@Nullable Object> items = new ArrayList<>(tail);
        tail.clear();
        return items;
    }

    private UnusableInputException refused(String what) {
        return new UnusableInputException("before byte " + in.position() + " its pickle refers to " + what);
    }
}
