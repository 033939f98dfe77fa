package org.lesionforge.metric;

/** Feature vectors that are looked at one after another, wherever they lie. */
interface Rows {
    int count();

    int dimensions();

    float at(int image, int dimension);
}
