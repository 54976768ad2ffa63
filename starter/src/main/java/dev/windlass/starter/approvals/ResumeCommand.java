package dev.windlass.starter.approvals;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.workflows.approvals.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        header = "Say how a parked run goes on, signed with your SSH key.",
        description = {"%nA run parks when a step failed for good. It keeps its lock until it has an answer."},
        footer = {"%nExample:%n  windlass resume deploy-20261124T101500Z --retry"})
public final class ResumeCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN|ID", description = "The run, or the question that it asks.")
    String id = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    How how = new How();

    /** One of them. */
    static final class How {
        @Option(names = "--retry", description = "Try the step again.")
        boolean retry;

        @Option(names = "--skip", description = "Go on without the step; recorded as a deviation from the plan.")
        boolean skip;

        @Option(names = "--abort", description = "Undo what was done, and end.")
        boolean abort;

        Verdict verdict() {
            return retry ? Verdict.RETRY : skip ? Verdict.SKIP : Verdict.ABORT;
        }
    }

    @Option(names = "--reason", paramLabel = "WORDS", description = "Why; recorded and shown.")
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

    public ResumeCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        return new Answering(door, connection, json).answer(id, how.verdict(), reason, key);
    }
}
