package org.lesionforge.cli.export;

import picocli.CommandLine.Command;

/** {@code export imagefolder|tensorboard} */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Writes what a run holds for other programs: images for PyTorch, logs for TensorBoard.",
        subcommands = {ExportImageFolderCommand.class, ExportTensorBoardCommand.class})
public final class ExportCommand {}
