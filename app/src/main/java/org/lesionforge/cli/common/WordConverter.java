package org.lesionforge.cli.common;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts option values whose words in the library differ from the names of enum constants. */
public abstract class WordConverter<T> implements ITypeConverter<T> {
    private final Function<String, T> meaning;

    /** @param meaning throws IllegalArgumentException naming the valid words */
    protected WordConverter(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    @Override
    public T convert(String word) {
        try {
            return meaning.apply(word);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
