package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.FactsReading;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.backup.SnapshotHolder;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.ServerEffects;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.ReadDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A database of a replayed cluster. It is newer than the set, so it is read whole and not compared row by row. */
final class RecoveredDatabase {
    private static final int SHOWN = 5;

    private final BackupParts parts;
    private final Database database;
    private final StepContext context;

    RecoveredDatabase(BackupParts parts, Database database, StepContext context) {
        this.parts = parts;
        this.database = database;
        this.context = context;
    }

    /** @param called its name on the server */
    static Database named(String called, DatabaseName database, ServerEffects server, String superuser) {
        return new Database(
                database,
                called,
                "recovery",
                server.places().socket(),
                server.places().port(),
                superuser,
                Optional.empty(),
                Optional.of(server.tools()),
                List.of());
    }

    /** @param before as the set has it */
    ReadDatabase read(Step step, DatabaseFacts before) {
        step.statements().forEach(context::begun);
        List<String> findings = new ArrayList<>(collations());
        try (SnapshotHolder holder = SnapshotHolder.open(parts.connections(), database, context.token())) {
            DatabaseFacts now = new FactsReading(
                            parts.connections(),
                            context,
                            parts.operations().backup().jobs())
                    .readLike(before, holder);
            Set<String> there =
                    now.tables().stream().map(table -> table.table().toString()).collect(Collectors.toSet());
            List<String> gone = before.tables().stream()
                    .map(table -> table.table().toString())
                    .filter(table -> !there.contains(table))
                    .toList();
            if (!gone.isEmpty()) {
                findings.add("the set has tables that were gone later: "
                        + gone.stream().limit(SHOWN).collect(Collectors.joining(", ")));
            }
            return new ReadDatabase(database.name(), now.tables().size(), now.rows(), findings);
        }
    }

    /** Only PostgreSQL 15 and later know the version of a database's own. */
    private List<String> collations() {
        List<String> found = new ArrayList<>();
        try (Connection connection = parts.connections().open(database, context.token());
                Statement statement = connection.createStatement()) {
            try (ResultSet version =
                    statement.executeQuery("SELECT current_setting('server_version_num')::int >= 150000")) {
                version.next();
                if (!version.getBoolean(1)) {
                    return List.of("PostgreSQL before 15 does not know how the lost machine sorted text: say REINDEX"
                            + " DATABASE before it is used, unless this machine has the same system");
                }
            }
            try (ResultSet rows = statement.executeQuery(ServerEffects.COLLATIONS)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
        return found.isEmpty()
                ? found
                : List.of("this machine sorts text otherwise than the lost one did (collation "
                        + found.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + "): say REINDEX DATABASE and ALTER DATABASE … REFRESH COLLATION VERSION before it is used");
    }
}
