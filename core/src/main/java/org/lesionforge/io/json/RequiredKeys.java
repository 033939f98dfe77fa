package org.lesionforge.io.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes every component of a record a key that must be there, unless it is an {@link OptionalKey}, and must not be null, unless it is that or
 * its type is {@link Nullable} or an {@code Optional}, which is empty for null. Elements of lists and values of maps are never null.
 */
final class RequiredKeys extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        boolean required = member.getDeclaringClass().isRecord() && !member.hasAnnotation(OptionalKey.class);
        return required ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)
                || !parameter.getDeclaringClass().isRecord()) {
            return JsonSetter.Value.empty();
        }
        // Jackson collects annotations of parameters, not those of their types.
        RecordComponent component = parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
        boolean nullable = parameter.hasAnnotation(OptionalKey.class)
                || component.getType().equals(Optional.class)
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL);
    }
}
