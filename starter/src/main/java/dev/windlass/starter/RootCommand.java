package dev.windlass.starter;

import dev.windlass.starter.door.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "windlass",
        header = "Durable runbooks for your own servers.",
        description = {
            "%nStarts runs, shows how they go, and lists what they left. The work itself is done by the worker on the"
                    + " server: closing this window ends nothing."
        },
        footer = {
            "%nExamples:",
            "  windlass check                    every problem of ops.yml",
            "  windlass backup list              the sets, and how old the last proven one is",
            "  windlass plan backup              what a backup would do now",
            "  windlass backup run --wait        make a set and prove it",
            "%nExit codes: windlass help exit-codes"
        })
final class RootCommand {
    @Mixin
    HelpOption help = new HelpOption();
}
