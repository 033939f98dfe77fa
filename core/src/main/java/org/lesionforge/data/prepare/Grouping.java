package org.lesionforge.data.prepare;

/** How groups are made, besides by equal pixels: images of one group are always in one part. */
public enum Grouping {
    /** The source's columns of patients and lesions. */
    GIVEN,
    /** These and near-duplicates, since identifiers miss copies. Decodes every image once more. */
    AUTO
}
