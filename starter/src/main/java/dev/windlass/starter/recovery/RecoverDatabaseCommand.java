package dev.windlass.starter.recovery;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.door.WaitOption;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "database",
        header =
                "Recover a database that still runs, from a backup or as of a moment: compared, approved, rows back or names swapped.",
        description = {
            "%nMakes a copy beside the live database and compares the two, row by row. With --table, missing rows come"
                    + " back in one transaction, and no row that is there is changed. Without, the copy takes the name"
                    + " and the other one is kept: stop the app first. Ends with 9 when it was not approved, the"
                    + " database kept changing, or a smoke query is not true afterwards."
        },
        footer = {
            "%nExamples:%n  windlass recover database shop --table public.orders,public.order_lines --wait",
            "  windlass recover database shop --table public.orders --to 2026-11-29T02:00:00Z --wait",
            "  windlass recover database shop --wait"
        })
public final class RecoverDatabaseCommand implements Callable<Integer> {
    private final Door door;

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    RecoverDatabaseOptions recover = new RecoverDatabaseOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Mixin
    JsonOption json = new JsonOption();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your SSH key, when it is neither in the agent nor in ~/.ssh. Its public half stands in ops.yml.")
    Optional<Path> key = Optional.empty();

    public RecoverDatabaseCommand(Door door) {
        this.door = door;
    }

    @Override
    public Integer call() {
        recover.requireOneSource();
        try (Session session = Session.open(door, connection)) {
            return session.startSigned(
                    RecoveryRunbooks.RECOVER_DATABASE,
                    RecoveryRunbooks.RECOVER_DATABASE.name(),
                    id -> signed(session, id),
                    recover.summary(),
                    wait,
                    json);
        }
    }

    private RecoverDatabaseRequest signed(Session session, String id) {
        RecoverDatabaseRequest unsigned = recover.request(new Requester(door.person(), Optional.empty()));
        return recover.request(
                RequestSigning.of(door, session, key, RecoveryRunbooks.RECOVER_DATABASE.name(), id, unsigned.asked()));
    }
}
