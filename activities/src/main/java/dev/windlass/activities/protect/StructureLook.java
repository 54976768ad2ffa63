package dev.windlass.activities.protect;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.protect.PlanOfStructureCheck;
import dev.windlass.workflows.protect.StructureCheckPlan;
import dev.windlass.workflows.protect.StructureCheckRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Which databases of a cluster pg_amcheck can look at. It installs nothing: an extension would be part of every dump. */
final class StructureLook {
    private static final String DATABASES =
            "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname";

    private static final String QUESTION = """
            SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'amcheck'),
                EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'm')),
                current_setting('server_version_num')::int / 10000
            """;

    private final ProtectParts parts;
    private final Cluster cluster;
    private final StepContext context;
    private final List<String> databases = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    StructureLook(ProtectParts parts, Cluster cluster, StepContext context) {
        this.parts = parts;
        this.cluster = cluster;
        this.context = context;
    }

    StructureCheckPlan plan(StructureCheckRequest request) {
        Database administered = parts.administered(cluster);
        String tools = administered.tools().orElse("");
        for (String name : names(administered)) {
            String found = look(named(administered, name), name);
            tools = tools.isEmpty() ? found : tools;
        }
        if (databases.isEmpty()) {
            throw ProtectFailures.nothingToCheck(cluster, leftOut);
        }
        PlanOfStructureCheck planner = new PlanOfStructureCheck(cluster, administered, tools);
        return new StructureCheckPlan(planner.plan(request, databases), databases, leftOut);
    }

    private List<String> names(Database administered) {
        List<String> names = new ArrayList<>();
        try (Connection connection = parts.backup().connections().open(administered, context.token());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DATABASES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException failed) {
            throw ProtectFailures.using(administered, failed);
        }
        return names;
    }

    /** @return where Debian has the tools of that server */
    private String look(Database database, String name) {
        try (Connection connection = parts.backup().connections().open(database, context.token());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            if (row.getBoolean(1)) {
                databases.add(name);
            } else if (row.getBoolean(2)) {
                leftOut.add(name);
            }
            return "/usr/lib/postgresql/" + row.getInt(3) + "/bin";
        } catch (SQLException failed) {
            throw ProtectFailures.using(database, failed);
        }
    }

    private static Database named(Database administered, String name) {
        return new Database(
                administered.name(),
                name,
                administered.environment(),
                administered.host(),
                administered.port(),
                administered.user(),
                administered.password(),
                administered.tools(),
                administered.smoke());
    }
}
