package org.lesionforge.data.prepare;

/** What makes a group besides equal pixels: images of one group are always in one part. */
public enum Grouping {
    /** The source's columns of patients and lesions. */
    GIVEN,
    /** These, and near-duplicates: identifiers miss copies. Decodes every image once more. */
    AUTO
}
