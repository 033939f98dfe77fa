package org.lesionforge.cli.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keys in the {@code config.json} of a command's runs without an option: {@code images}, or
 * {@code options.class_weights=false} where the command can do nothing but that.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Records {
    String[] value();
}
