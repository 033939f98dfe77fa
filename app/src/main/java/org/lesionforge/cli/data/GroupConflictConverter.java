package org.lesionforge.cli.data;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.data.prepare.GroupConflict;

/** {@code error}, {@code leave-out}. */
final class GroupConflictConverter extends WordConverter<GroupConflict> {
    GroupConflictConverter() {
        super(GroupConflictConverter::spanning);
    }

    private static GroupConflict spanning(String word) {
        return switch (word) {
            case "error" -> GroupConflict.ERROR;
            case "leave-out" -> GroupConflict.LEAVE_OUT;
            default -> throw new IllegalArgumentException("a choice is error or leave-out, got '" + word + "'");
        };
    }
}
