package dev.windlass.starter.stagingsync;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import dev.windlass.workflows.stagingsync.ClassifyRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "classify",
        header = "Propose what becomes of every column on its way to staging.",
        description =
                "%nA worker looks at the schema, and counts in a thousand rows of each table what they look like; no value"
                        + " leaves the database. What the classification of ops.yml says already stays; the rest is guess: true."
                        + " Changes nothing.",
        footer = {"%nExample:%n  windlass classify shop > shop.classification.yml%n  windlass classify shop --check"})
public final class ClassifyCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--check",
            description =
                    "Print what stands between the classification and the schema instead; end with 3 if anything does.")
    boolean check;

    @Option(
            names = "--views",
            description =
                    "Print the script that makes the masked views in production and the role that reads them; end with 3 while"
                            + " the classification does not fit, or ops.yml names no staging_sync.reader.")
    boolean views;

    @Parameters(index = "0", paramLabel = "DB", description = "A database of ops.yml.")
    DatabaseName database = new DatabaseName("database");

    public ClassifyCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(door, connection)) {
            ClassifyAnswer answer = session.ask("Classify", new ClassifyRequest(database), ClassifyAnswer.class);
            if (views) {
                return views(answer);
            }
            return check ? findings(answer) : proposal(answer);
        }
    }

    private int views(ClassifyAnswer answer) {
        if (answer.views().isEmpty()) {
            answer.findings().forEach(door.err()::println);
            throw new Complaint(
                    "there are no masked views of " + database + " to make",
                    "name staging_sync.reader in ops.yml and restart the worker; then windlass classify " + database
                            + " --check until nothing stands in the way",
                    "runbooks/staging-sync.md#masked-views",
                    ExitCode.PRECONDITION);
        }
        door.out().print(answer.views().get());
        door.out().flush();
        return ExitCode.OK.number();
    }

    private int proposal(ClassifyAnswer answer) {
        door.out().print(answer.proposal());
        door.out().flush();
        door.err()
                .println(
                        answer.guesses() == 0
                                ? "every column was looked at by a person"
                                : answer.guesses() + " columns are guesses: look at each, and remove guess: true");
        door.err().flush();
        return ExitCode.OK.number();
    }

    private int findings(ClassifyAnswer answer) {
        answer.findings().forEach(door.out()::println);
        String end = answer.findings().isEmpty()
                ? "nothing stands in the way"
                : answer.findings().size() + (answer.findings().size() == 1 ? " finding" : " findings");
        door.out().println(end);
        door.out().flush();
        return answer.findings().isEmpty() ? ExitCode.OK.number() : ExitCode.PRECONDITION.number();
    }
}
