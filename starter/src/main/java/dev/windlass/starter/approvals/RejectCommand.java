package dev.windlass.starter.approvals;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.workflows.approvals.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reject",
        header = "Reject what a run asks for, signed with your SSH key.",
        description = {"%nOne rejection ends the question, whatever the quorum."},
        footer = {"%nExample:%n  windlass reject deploy-3f9c12ab --reason \"wait for the fix of the basket\""})
public final class RejectCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The question, as windlass approvals lists it.")
    String id = "";

    @Option(names = "--reason", paramLabel = "WORDS", required = true, description = "Why; recorded and shown.")
    String reason = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign with this key. Else the agent's, else one of ~/.ssh.")
    Optional<Path> key = Optional.empty();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public RejectCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        return new Answering(door, connection, json).answer(id, Verdict.REJECT, Optional.of(reason), key);
    }
}
