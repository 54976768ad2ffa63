package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.SmokeTest;
import dev.windlass.activities.backup.Survivors;
import dev.windlass.activities.deploy.HealthGate;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether staging works: by what the team says of its database, and by what its app says of itself. */
final class StagingSmoke {
    private final PostgresConnections connections;
    private final StepContext context;
    private final Database target;
    private final Optional<StagingSync.App> app;

    StagingSmoke(PostgresConnections connections, StepContext context, Database target, Optional<StagingSync.App> app) {
        this.connections = connections;
        this.context = context;
        this.target = target;
        this.app = app;
    }

    /** @return what was good; everything that is wrong is thrown at once */
    String look(Step step) {
        List<String> wrong = new ArrayList<>(statements(step));
        List<String> good = new ArrayList<>();
        if (wrong.isEmpty() && !target.smoke().isEmpty()) {
            good.add(Quantities.plural(target.smoke().size(), "statement") + " true");
        }
        // Nobody waits for an app whose database is wrong.
        if (wrong.isEmpty()) {
            app.ifPresent(asked -> {
                switch (healthOf(asked, step)) {
                    case HealthReport.Healthy(String words) -> good.add(words);
                    case HealthReport.Unhealthy(String reason) -> wrong.add(reason);
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    target.name() + " does not work with the masked copy: " + String.join("; ", wrong),
                    "see whether a migration is missing in staging, or a mask breaks what the app reads; staging was put back",
                    "smoke");
        }
        return String.join(", ", good);
    }

    private List<String> statements(Step step) {
        return Beating.during(context, "smoke", "", () -> {
            endSurvivors();
            step.statements().forEach(context::begun);
            List<String> wrong = new ArrayList<>();
            for (Database.SmokeQuery query : target.smoke()) {
                SmokeTest.run(
                                connections,
                                target,
                                context.token(),
                                query,
                                QuietFailures::isLost,
                                QuietFailures::said,
                                lost -> QuietFailures.using(target, lost))
                        .map(Difference::toString)
                        .ifPresent(wrong::add);
            }
            return wrong;
        });
    }

    /** A statement whose worker was killed runs on, and would keep the database from being put back. */
    private void endSurvivors() {
        try (Connection connection = connections.open(target, context.token())) {
            Survivors.terminate(target, connection, context.token());
        } catch (SQLException refused) {
            throw QuietFailures.using(target, refused);
        }
    }

    private HealthReport healthOf(StagingSync.App asked, Step step) {
        HealthGate gate = new HealthGate(
                asked.health(), asked.address(), Optional.empty(), step.effects(), () -> "asked at " + asked.address());
        return gate.withoutQuotes().wait(context);
    }
}
