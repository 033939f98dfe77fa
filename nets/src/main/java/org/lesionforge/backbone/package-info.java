/**
 * Networks that make features of images, whatever their architecture: what there is to know of one, and how features are taken from it.
 *
 * <p>Not here: any one architecture ({@code backbone.inception}), the list of them ({@code backbone.zoo}), which files of weights exist ({@code
 * weights}), training ({@code classifier}), distances ({@code metric}).
 */
@NullMarked
package org.lesionforge.backbone;

import org.jspecify.annotations.NullMarked;
