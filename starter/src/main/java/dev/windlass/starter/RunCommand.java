package dev.windlass.starter;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.terminal.RunText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "One run: show it, wait for it, cancel it.",
        description = "%nRUN is the id that windlass printed at the start; windlass runs lists them.",
        footer = {"%nExample:%n  windlass run wait backup-20261124T030000Z"})
final class RunCommand {
    @Mixin
    HelpOption help = new HelpOption();

    /** What every command on one run has. */
    static final class OneRun {
        @Mixin
        HelpOption help = new HelpOption();

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Parameters(paramLabel = "RUN", description = "As in windlass runs.")
        String workflowId = "";
    }

    @Command(
            name = "show",
            header = "How a run stands: its steps, and what is under way.",
            description = "%nThe steps are those that Temporal's UI shows; a worker must be there to tell them.",
            footer = {"%nExample:%n  windlass show backup-20261124T030000Z"})
    static final class Show implements Callable<Integer> {
        private final Door door;

        @Mixin
        OneRun run = new OneRun();

        @Mixin
        JsonOption json = new JsonOption();

        Show(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, run.connection)) {
                RunState state = session.runs().look(run.workflowId);
                Optional<String> timeline = session.runs().timeline(run.workflowId);
                String text = RunText.of(state, Runbooks.nameOf(state.workflowType()), timeline, session.now());
                json.print(door, state, text.stripTrailing() + session.look(state.id()));
                return 0;
            }
        }
    }

    @Command(
            name = "wait",
            header = "Attach to a run again, show its progress, exit with its outcome.",
            description = "%nA run that is over tells its outcome at once.",
            footer = {"%nExample:%n  windlass run wait backup-20261124T030000Z"})
    static final class Wait implements Callable<Integer> {
        private final Door door;

        @Mixin
        OneRun run = new OneRun();

        @Mixin
        JsonOption json = new JsonOption();

        Wait(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, run.connection)) {
                RunState state = session.runs().look(run.workflowId);
                return session.follow(state.id(), Runbooks.of(state.workflowType(), run.workflowId), json);
            }
        }
    }

    @Command(
            name = "cancel",
            header = "Ask a run to stop; it undoes what it must, then ends as canceled.",
            description = "%nCommands it has begun are ended with it. To see it through: windlass run wait RUN.",
            footer = {"%nExample:%n  windlass run cancel backup-20261124T030000Z"})
    static final class Cancel implements Callable<Integer> {
        private final Door door;

        @Mixin
        OneRun run = new OneRun();

        Cancel(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, run.connection)) {
                session.runs().cancel(run.workflowId);
                door.out().println("asked " + run.workflowId + " to stop");
                door.out().println("see it end: windlass run wait " + run.workflowId);
                door.out().flush();
                return 0;
            }
        }
    }
}
