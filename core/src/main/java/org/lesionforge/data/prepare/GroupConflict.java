package org.lesionforge.data.prepare;

/** How to treat a group that the source puts into two parts. */
public enum GroupConflict {
    /** Stop, and name the group. */
    ERROR,
    /**
     * Leave out, and list, all its images but those in the part farthest from training: test, else validation. The same
     * for images with equal pixels.
     */
    LEAVE_OUT
}
