package dev.windlass.starter.recovery;

import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.HelpOption;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.PlanPrinter;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.Requester;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "recover",
        header = "The plans of windlass recover.",
        description = "%nThey look, and change nothing.",
        footer = {"%nExample:%n  windlass plan recover database shop --table public.orders"})
public final class RecoverPlanCommand {
    @Mixin
    HelpOption help = new HelpOption();

    @Command(
            name = "database",
            header = "The plan of windlass recover database.",
            description =
                    "%nRefuses, as the run would, what cannot be. How many rows would come back or be lost is known"
                            + " when the copy is made: the run tells it before it asks anybody.",
            footer = {"%nExample:%n  windlass plan recover database shop"})
    public static final class OfDatabase implements Callable<Integer> {
        private final Door door;

        @Mixin
        HelpOption help = new HelpOption();

        @Mixin
        ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        RecoverDatabaseOptions recover = new RecoverDatabaseOptions();

        @Mixin
        JsonOption json = new JsonOption();

        public OfDatabase(Door door) {
            this.door = door;
        }

        @Override
        public Integer call() {
            recover.requireOneSource();
            try (Session session = Session.open(door, connection)) {
                PlanPrinter.print(
                        door,
                        session,
                        RecoveryRunbooks.PLAN_QUESTION,
                        recover.request(new Requester(door.person(), Optional.empty())),
                        json);
                return 0;
            }
        }
    }
}
