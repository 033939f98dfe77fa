package org.lesionforge.cli.isic;

import picocli.CommandLine.Command;

/** {@code isic search|fetch} */
@Command(
        name = "isic",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Searches the ISIC Archive and fetches images from it.",
        subcommands = {IsicSearchCommand.class, IsicFetchCommand.class})
public final class IsicCommand {}
