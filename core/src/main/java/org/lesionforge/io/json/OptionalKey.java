package org.lesionforge.io.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record component whose JSON key may be absent, or null, because earlier versions did not write it. The component is
 * then null (0, false), or empty if it is an {@code Optional}; the record's constructor or documentation says what that means.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface OptionalKey {}
