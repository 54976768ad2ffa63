package dev.windlass.starter;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.workflows.logs.RunLog;
import dev.windlass.workflows.logs.RunLogQuestion;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Print what the commands of a run printed, with time and step.",
        description = {
            "%nThe worker keeps it in the state directory, logs/RUN.log, without the secrets it gave to the commands."
                    + " It never goes through Temporal's history of the run."
        },
        footer = {"%nExample:%n  windlass logs deploy-20261124T101500Z --follow"})
final class LogsCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "RUN", description = "As windlass runs lists it.")
    String run = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run ends. Ctrl-C leaves it going.")
    boolean follow;

    LogsCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Session session = Session.open(door, connection)) {
            RunStatus status = session.runs().look(run).status();
            long from = print(session, 0);
            if (from == 0 && !follow) {
                tellOfNothing(session);
            }
            while (follow && status == RunStatus.RUNNING) {
                door.patience().await(new CompletableFuture<Void>(), BETWEEN_LOOKS);
                status = session.runs().look(run).status();
                from = print(session, from);
            }
            return 0;
        }
    }

    /** @return where the log goes on */
    private long print(Session session, long from) {
        long next = from;
        while (true) {
            RunLog log = session.ask("RunLog", new RunLogQuestion(run, next), RunLog.class);
            door.out().print(log.text());
            door.out().flush();
            if (log.next() == next) {
                return next;
            }
            next = log.next();
        }
    }

    private void tellOfNothing(Session session) {
        RunLog log = session.ask("RunLog", new RunLogQuestion(run, 0), RunLog.class);
        door.err()
                .println(log.copy()
                        .map(copy -> "the log of run " + run + " is no longer on the worker's machine; its copy is "
                                + copy + ", sealed to the recipients of the backups: see audit.md#logs-of-runs")
                        .orElse("run " + run + " has printed nothing"));
        door.err().flush();
    }
}
