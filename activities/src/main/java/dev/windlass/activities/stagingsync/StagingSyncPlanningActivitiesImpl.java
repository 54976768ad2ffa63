package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.ServerTools;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.PlanOfStagingSync;
import dev.windlass.runbooks.stagingsync.Schema;
import dev.windlass.runbooks.stagingsync.StagingSyncObservation;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import dev.windlass.workflows.stagingsync.ClassifyRequest;
import dev.windlass.workflows.stagingsync.StagingSyncPlan;
import dev.windlass.workflows.stagingsync.StagingSyncPlanningActivities;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class StagingSyncPlanningActivitiesImpl implements StagingSyncPlanningActivities {
    private static final StepId CLASSIFY = StepId.of("classify");
    private static final StepId PLAN = StepId.of("plan");
    private static final String IDENTITY =
            "SELECT (SELECT system_identifier FROM pg_control_system()) || ' ' || current_database()";
    private static final String OWNER = "SELECT r.rolname, r.rolsuper"
            + " FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = current_database()";

    private final StagingSyncParts parts;

    public StagingSyncPlanningActivitiesImpl(StagingSyncParts parts) {
        this.parts = parts;
    }

    @Override
    public ClassifyAnswer classify(ClassifyRequest request) {
        StepContext context = parts.context(CLASSIFY);
        Classifying classifying =
                new Classifying(parts.connections(), context.token(), parts.database(request.database()));
        return Beating.during(context, "classify", "", classifying::answer);
    }

    @Override
    public StagingSyncPlan plan(StagingSyncRequest request) {
        StepContext context = parts.context(PLAN);
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        return Beating.during(context, "plan", "", () -> plan(request, requester, context));
    }

    private StagingSyncPlan plan(StagingSyncRequest request, Optional<PersonName> requester, StepContext context) {
        Database source = parts.database(request.database());
        StagingSync sync = parts.sync(source);
        Database target = parts.database(sync.target());
        String digest = parts.digest(source);
        Classification classification = Classifying.read(Path.of(sync.classification()));
        parts.redisFlush(source, context).ifPresent(StagingRedisFlush::requireThatItCanBeEmptied);
        Owner owner = owner(context, source, target);
        Schema schema = fittingSchema(context, source, classification);
        EnvironmentName environment = new EnvironmentName(target.environment());
        StagingSyncObservation seen = new StagingSyncObservation(
                owner.name(),
                digest,
                schema.fingerprint(),
                ServerTools.fitting(parts.backup(), source, owner.sourceMajor(), context),
                schema.tables().size(),
                classification,
                environment,
                parts.backup().operations().approvalPolicy(environment),
                requester,
                new SourceChoosing(parts, context, source, sync).choose(request));
        return new PlanOfStagingSync(parts.backup().operations(), source, target, sync).plan(request, seen);
    }

    private record Owner(String name, int sourceMajor) {}

    /** The application is taken to be the role that owns staging, or one that got its rights from it. */
    private Owner owner(StepContext context, Database source, Database target) {
        PostgresConnections connections = parts.connections();
        try (Connection from = connections.open(source, context.token());
                Connection into = connections.open(target, context.token());
                Statement ofSource = from.createStatement();
                Statement ofTarget = into.createStatement()) {
            if (one(ofSource, IDENTITY).equals(one(ofTarget, IDENTITY))) {
                throw StagingSyncFailures.failure(
                        FailureType.PRECONDITION,
                        source.name() + " and " + target.name() + " are one and the same database",
                        "correct staging_sync.target in ops.yml: the target is replaced",
                        "same-database");
            }
            try (ResultSet row = ofTarget.executeQuery(OWNER)) {
                row.next();
                String name = row.getString(1);
                if (row.getBoolean(2)) {
                    throw StagingSyncFailures.failure(
                            FailureType.PRECONDITION,
                            "database " + target.name() + " is owned by " + name
                                    + ", a superuser, whom no lock keeps out of the copy before it was looked at",
                            "give it to the role of the application: ALTER DATABASE … OWNER TO …",
                            "superuser");
                }
                return new Owner(name, majorOf(ofSource));
            }
        } catch (SQLException refused) {
            throw QuietFailures.using(target, refused);
        }
    }

    private static int majorOf(Statement statement) throws SQLException {
        return Integer.parseInt(one(statement, "SELECT current_setting('server_version_num')::int / 10000"));
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private Schema fittingSchema(StepContext context, Database source, Classification classification) {
        try (Connection connection = parts.connections()
                .open(source, context.token(), MaskKey.random().settings())) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Schema schema = SchemaReading.read(connection);
            connection.rollback();
            List<Finding> findings = new ArrayList<>(Classifying.findings(connection, classification, schema));
            if (findings.isEmpty() && parts.reader(source).isPresent()) {
                findings.addAll(GrantCheck.findings(
                        connection,
                        classification,
                        schema,
                        parts.reader(source).get().user()));
            }
            if (!findings.isEmpty()) {
                throw StagingSyncFailures.findings(source, findings);
            }
            return schema;
        } catch (SQLException refused) {
            throw QuietFailures.using(source, refused);
        }
    }
}
