package dev.windlass.starter.approvals;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.approvals.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        header = "Approve what a run asks for, signed with your SSH key.",
        description = {
            "%nShows it first. What is signed is its digest: if anything changes until it runs, the approval is void."
        },
        footer = {"%nExample:%n  windlass approve deploy-3f9c12ab"})
public final class ApproveCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The question, as windlass approvals lists it.")
    String id = "";

    @Option(
            names = "--break-glass",
            description = "Approve alone, also your own request. Needs --reason; a review stays open.")
    boolean breakGlass;

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

    public ApproveCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        if (breakGlass && reason.filter(words -> !words.isBlank()).isEmpty()) {
            throw new Complaint(
                    "--break-glass needs a reason",
                    "add --reason with words that a colleague understands tomorrow",
                    "runbooks/approvals.md#break-glass",
                    ExitCode.USAGE);
        }
        return new Answering(door, connection, json)
                .answer(id, breakGlass ? Verdict.BREAK_GLASS : Verdict.APPROVE, reason, key);
    }
}
