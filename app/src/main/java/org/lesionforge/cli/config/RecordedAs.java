package org.lesionforge.cli.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of an option in the {@code config.json} of runs, where it differs from the option's name, or the name that it had in earlier versions;
 * {@code external.*.folder} for values of NAME=FOLDER, each in an object of its own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface RecordedAs {
    String value();
}
