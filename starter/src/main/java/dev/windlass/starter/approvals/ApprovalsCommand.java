package dev.windlass.starter.approvals;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.QuestionView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "approvals",
        header = "List what waits for an answer: approvals, parked steps, reviews of a broken glass.",
        description = {"%nA question appears in the list about a second after it was asked."},
        footer = {"%nExample:%n  windlass approvals show deploy-3f9c12ab"})
public final class ApprovalsCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    JsonOption json = new JsonOption();

    public ApprovalsCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            List<QuestionView> open = session.runs().questions().open();
            json.print(door, open, QuestionText.table(open, session.now()));
            return 0;
        }
    }

    @Command(
            name = "show",
            header = "Show a question whole: what would run, for whom, until when, and who answered.",
            description = {"%nAlso after its end, as long as the server keeps it."},
            footer = {"%nExample:%n  windlass approvals show deploy-3f9c12ab"})
    public static final class Show implements Callable<Integer> {
        private final Door door;

        @Mixin
        HelpOption help = new HelpOption();

        @Parameters(paramLabel = "ID", description = "The question, as windlass approvals lists it.")
        String id = "";

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        JsonOption json = new JsonOption();

        public Show(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            try (Session session = Session.open(door, connection)) {
                QuestionView view = Answering.id(id)
                        .flatMap(known -> session.runs().questions().view(known))
                        .orElseThrow(() -> Answering.unknown(id));
                json.print(door, view, QuestionText.whole(view, session.now()));
                return 0;
            }
        }
    }
}
