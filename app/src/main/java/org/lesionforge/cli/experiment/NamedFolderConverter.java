package org.lesionforge.cli.experiment;

import org.lesionforge.cli.common.WordConverter;

/** {@code stylegan=~/fakes}. */
final class NamedFolderConverter extends WordConverter<NamedFolder> {
    NamedFolderConverter() {
        super(NamedFolder::of);
    }
}
