package dev.windlass.activities.protect;

import dev.windlass.activities.backup.Survivors;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs pg_amcheck over one database after the other, and says at the end what does not fit. */
final class StructureChecking {
    /** Of pg_amcheck: it ran, and found something. */
    private static final int FOUND = 2;

    private final ProtectParts parts;
    private final Cluster cluster;
    private final StepContext context;

    StructureChecking(ProtectParts parts, Cluster cluster, StepContext context) {
        this.parts = parts;
        this.cluster = cluster;
        this.context = context;
    }

    void check(Step step) {
        parts.backup().shell().fence(context);
        endEarlierSessions();
        List<String> damage = new ArrayList<>();
        Optional<String> brokenOff = Optional.empty();
        for (Command command : step.commands("pg_amcheck")) {
            CommandResult result = parts.backup().shell().run(command, context);
            if (result.exitCode() == FOUND) {
                AmcheckReport report = AmcheckReport.of(result.output());
                damage.addAll(report.damage());
                brokenOff = brokenOff.or(report::brokenOff);
            } else {
                result.orFail("look into the server's log", "protect.md#amcheck");
            }
        }
        if (!damage.isEmpty()) {
            throw ProtectFailures.damaged(cluster, damage);
        }
        brokenOff.ifPresent(words -> {
            throw ProtectFailures.brokenOff(cluster, words);
        });
    }

    private void endEarlierSessions() {
        Database database = parts.administered(cluster);
        try (Connection connection = parts.backup().connections().open(database, context.token())) {
            Survivors.terminate(database, connection, context.token());
        } catch (SQLException failed) {
            throw ProtectFailures.using(database, failed);
        }
    }
}
