package org.lesionforge.io.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.lesionforge.io.UnusableInputException;

/**
 * Converts a JSON tree to a record. When it does not fit, the message names the key, without any Java terms.
 *
 * @param root the path that leads to the tree; empty for a whole document
 */
record JsonBinding(ObjectMapper mapper, JsonSource source, String root) {
    <T> T bind(JsonNode tree, Class<T> type) {
        requireFinite(root, tree);
        try {
            return mapper.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw refused(tree, e);
        } catch (JsonProcessingException e) {
            throw new UnusableInputException(source.name() + " cannot be read; " + source.remedy(), e);
        }
    }

    /** Infinite numbers are words in files; a number that is one has more digits than any that was written. */
    private void requireFinite(String path, JsonNode node) {
        if (node.isNumber() && Double.isInfinite(node.doubleValue())) {
            throw source.wrong(path, "a number", node);
        }
        node.properties()
                .forEach(field ->
                        requireFinite(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireFinite(path + "[" + i + "]", node.get(i));
        }
    }

    private UnusableInputException refused(JsonNode tree, JsonMappingException e) {
        String path = root;
        JsonNode found = tree;
        for (JsonMappingException.Reference step : e.getPath()) {
            boolean isKey = step.getFieldName() != null;
            path += isKey ? (path.isEmpty() ? "" : ".") + step.getFieldName() : "[" + step.getIndex() + "]";
            found = isKey ? found.path(step.getFieldName()) : found.path(step.getIndex());
        }
        if (e instanceof UnrecognizedPropertyException) {
            return source.unknown(path);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return source.refused(path, e.getCause());
        }
        return source.wrong(path, expected(e), found);
    }

    private String expected(JsonMappingException e) {
        if (e.getCause() instanceof InputCoercionException) {
            return "no integer out of range";
        }
        Class<?> type = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> mapper.valueToTree(constant).asText())
                            .collect(Collectors.joining(", "));
        }
        JavaType wanted = mapper.constructType(type);
        if (wanted.isTypeOrSubTypeOf(Collection.class) || wanted.isArrayType()) {
            return "a list";
        }
        if (wanted.isTypeOrSubTypeOf(CharSequence.class)) {
            return "a text";
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "an integer";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            default -> "an object";
        };
    }
}
