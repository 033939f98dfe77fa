package org.lesionforge.cli.classifier;

import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.common.WordConverter;

/** {@code last}, {@code best-auc}, {@code best-loss}, and {@code best} for the last of them. */
final class SelectionConverter extends WordConverter<Selection> {
    SelectionConverter() {
        super(Selection::of);
    }
}
