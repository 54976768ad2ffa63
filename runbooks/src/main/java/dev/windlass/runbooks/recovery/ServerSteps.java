package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the databases come to a machine that is recovered: with the lost machine's cluster, or one by one from the set. */
record ServerSteps(RecoveryPlaces places, Manifest manifest, ServerEffects server) {
    List<Step> ofCluster(ReplayEffects replay) {
        LostCluster cluster = replay.lost();
        List<Step> steps = new ArrayList<>();
        steps.add(server(
                "Prepare a PostgreSQL " + server.major() + " without data, which only root will reach",
                server.prepare()));
        steps.add(Step.of(
                RecoverVpsSteps.REPOSITORY,
                "Look into pgBackRest's repository, stanza " + cluster.stanza(),
                replay.repository()));
        steps.add(Step.of(
                        RecoverVpsSteps.CLUSTER,
                        "Restore the cluster of the lost machine and replay its WAL up to "
                                + cluster.to().map(Instant::toString).orElse("the last moment that was archived"),
                        replay.replay())
                .withSlots(ReplayEffects.BACKUP, ReplayEffects.PREPARED, ReplayEffects.GUARD));
        cluster.databases()
                .forEach(database -> steps.add(Step.of(
                        RecoverVpsSteps.database(database.database()),
                        "Read every row of " + database.database(),
                        server.read(database.database()))));
        return steps;
    }

    List<Step> ofDumps() {
        List<Step> steps = new ArrayList<>();
        steps.add(server("Make an empty PostgreSQL " + server.major() + " that only root reaches", server.make()));
        for (DatabaseSummary database : manifest.databases()) {
            steps.add(Step.of(
                            RecoverVpsSteps.roles(database.database()),
                            "Bring back the roles of the server of " + database.database(),
                            server.roles(manifest, database.database()))
                    .withSlots("token", ServerEffects.SUPERUSER));
        }
        for (DatabaseSummary database : manifest.databases()) {
            steps.add(Step.of(
                            RecoverVpsSteps.database(database.database()),
                            "Restore " + database.database() + " under its own name and compare it",
                            server.database(manifest, database.database()))
                    .withSlots("token", ServerEffects.SUPERUSER, ServerEffects.DATABASE));
        }
        return steps;
    }

    private Step server(String title, List<Effect> effects) {
        return Step.of(RecoverVpsSteps.SERVER, title, effects)
                .withPrecondition("the mark of the recovery is there: " + places.mark())
                .withUndo(server.drop())
                .withSlots(ServerEffects.LOCALES, ServerEffects.SUPERUSER);
    }
}
