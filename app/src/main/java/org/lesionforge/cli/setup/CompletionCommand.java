package org.lesionforge.cli.setup;

import java.util.concurrent.Callable;
import org.lesionforge.cli.common.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion bash|zsh} */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets a shell complete commands, options and their values.",
        footer = {
            "",
            "bash: source <(lesionforge completion bash), or keep it in",
            "~/.local/share/bash-completion/completions/lesionforge; zsh: source <(lesionforge completion zsh)"
        })
public final class CompletionCommand implements Callable<Integer> {
    private enum Shell {
        BASH,
        ZSH
    }

    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    Shell shell;

    @Override
    public Integer call() {
        // One script for both: in zsh it loads bashcompinit, which runs completions of bash.
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("lesionforge", command.root().commandLine()));
        command.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
