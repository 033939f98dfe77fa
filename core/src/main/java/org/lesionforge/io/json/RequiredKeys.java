package org.lesionforge.io.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.Optional;
import java.util.Set;

/**
 * Makes every component of a record a key that must be there and must not be null, unless it is an {@link OptionalKey} or a
 * {@link NullableKey}, or an {@code Optional}, which is empty for null. Elements of lists and values of maps are never null.
 */
final class RequiredKeys extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> MAY_BE_NULL = Set.of(Integer.class, Long.class, Double.class, Optional.class);

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        boolean required = member.getDeclaringClass().isRecord() && !member.hasAnnotation(OptionalKey.class);
        return required ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return JsonSetter.Value.empty();
        }
        boolean nullable = MAY_BE_NULL.contains(annotated.getRawType())
                || annotated.hasAnnotation(OptionalKey.class)
                || annotated.hasAnnotation(NullableKey.class);
        return JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL);
    }
}
