package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Print a completion script for bash or zsh.",
        description = "%nPut it into your shell's start file.",
        footer = {
            "%nExamples:",
            "  source <(windlass completion bash)        in ~/.bashrc",
            "  source <(windlass completion zsh)         in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Their names are what is typed. */
    enum Shell {
        bash,
        zsh
    }

    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    Shell shell = Shell.bash;

    CompletionCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("windlass", spec.root().commandLine());
        door.out()
                .print(
                        switch (shell) {
                            case bash -> script;
                            // zsh runs bash's completion functions once it is asked to.
                            case zsh ->
                                "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                        + script;
                        });
        door.out().flush();
        return 0;
    }
}
