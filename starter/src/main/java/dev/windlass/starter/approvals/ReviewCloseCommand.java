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
        name = "close",
        header = "Close the review of a broken glass, signed with your SSH key.",
        description = {"%nAnybody of ops.yml can, except who broke it."},
        footer = {"%nExample:%n  windlass review close review-3f9c12ab --reason \"looked at the release and its logs\""
        })
public final class ReviewCloseCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The review, as windlass approvals lists it.")
    String id = "";

    @Option(names = "--reason", paramLabel = "WORDS", description = "What you found; recorded and shown.")
    Optional<String> reason = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign with this key. Else the agent's, else one of ~/.ssh.")
    Optional<Path> key = Optional.empty();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public ReviewCloseCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        return new Answering(door, connection, json).answer(id, Verdict.CLOSE, reason, key);
    }
}
