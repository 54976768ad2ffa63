package dev.windlass.activities.recovery;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.RealRunbooks;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflow;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflow;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflowImpl;
import dev.windlass.workflows.recovery.TableReference;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real recovery over a real PostgreSQL and real backups; only Temporal is the in-JVM server, and people are {@link Asked}. */
final class RecoveryRig implements AutoCloseable {
    static final PersonName ANA = new PersonName("ana");
    static final PersonName BEN = new PersonName("ben");
    private static final EnvironmentName TEST = new EnvironmentName("test");

    final RealRunbooks runbooks = new RealRunbooks();
    final Database database = runbooks.database;
    final Database server = GrowingDatabase.named(database, "postgres");
    final Asked asked = new Asked();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private int runs;

    RecoveryRig() {
        RecoveryParts parts = new RecoveryParts(parts(), (request, workflowId) -> Optional.of(ANA));
        Worker worker = temporal.newWorker(TaskQueues.RUNS);
        worker.registerWorkflowImplementationTypes(
                RecoverDatabaseWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        worker.registerActivitiesImplementations(new RecoveryActivitiesImpl(parts), asked);
        Worker planning = temporal.newWorker(TaskQueues.PLANNING);
        planning.registerWorkflowImplementationTypes(RecoverDatabasePlanWorkflowImpl.class);
        planning.registerActivitiesImplementations(new RecoveryPlanningActivitiesImpl(parts));
        temporal.start();
    }

    /** With a smoke query, and an environment where somebody else has to agree. */
    private BackupParts parts() {
        BackupParts backup = runbooks.parts();
        Operations old = backup.operations();
        Database smoking = new Database(
                database.name(),
                database.database(),
                TEST.value(),
                database.host(),
                database.port(),
                database.user(),
                database.password(),
                database.tools(),
                List.of(new Database.SmokeQuery("there are orders", "SELECT count(*) > 0 FROM app.orders")));
        Operations operations = new Operations(
                old.team(),
                old.state(),
                old.temporal(),
                Map.of(database.name(), smoking),
                old.stores(),
                old.backup(),
                old.notifications(),
                old.apps(),
                old.people(),
                Map.of(TEST, new ApprovalPolicy(TEST, List.of(ANA, BEN), 1, Duration.ofHours(1))));
        return new BackupParts(
                operations,
                backup.shell(),
                backup.sealedFiles(),
                backup.stores(),
                backup.identities(),
                backup.connections(),
                backup.journal(),
                backup.clock());
    }

    RecordedEffects effects() {
        return (RecordedEffects) runbooks.parts().journal();
    }

    /** Tables with all that makes a row hard to bring back, and a backup of them. */
    SetId begin() {
        sql(
                database,
                "DROP SCHEMA IF EXISTS app CASCADE",
                "CREATE SCHEMA app",
                "CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL UNIQUE, born date)",
                "CREATE TABLE app.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " user_id int NOT NULL REFERENCES app.users, amount numeric(12,2),"
                        + " twice numeric GENERATED ALWAYS AS (amount * 2) STORED)",
                "CREATE TABLE app.events (at timestamptz, what text, PRIMARY KEY (at, what)) PARTITION BY RANGE (at)",
                "CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE app.notes (words text)",
                "CREATE TABLE app.other (id int PRIMARY KEY, words text)",
                "INSERT INTO app.users (name, born) SELECT 'Jürgen ' || i, DATE '1990-01-01' + i FROM"
                        + " generate_series(1, 100) i",
                "INSERT INTO app.orders (user_id, amount) SELECT 1 + i % 100, i FROM generate_series(1, 3000) i",
                "INSERT INTO app.events SELECT TIMESTAMPTZ '2026-02-01Z' + i * interval '1 hour', 'e' || i FROM"
                        + " generate_series(1, 200) i",
                "INSERT INTO app.notes SELECT 'note ' || i % 3 FROM generate_series(1, 10) i",
                "INSERT INTO app.other SELECT i, 'other' FROM generate_series(1, 10) i",
                "CREATE FUNCTION app.send_mail() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RAISE EXCEPTION ''a mail is sent''; END'",
                "CREATE TRIGGER mail BEFORE INSERT ON app.orders FOR EACH ROW EXECUTE FUNCTION app.send_mail()",
                "CREATE TRIGGER always BEFORE INSERT ON app.orders FOR EACH ROW EXECUTE FUNCTION app.send_mail()",
                "ALTER TABLE app.orders ENABLE ALWAYS TRIGGER always",
                "CREATE TRIGGER off BEFORE INSERT ON app.orders FOR EACH ROW EXECUTE FUNCTION app.send_mail()",
                "ALTER TABLE app.orders DISABLE TRIGGER off");
        return runbooks.start(BackupWorkflow.class, "backup" + ++runs)
                .run(new BackupRequest(List.of(), "test"))
                .manifest()
                .set();
    }

    RecoverDatabaseRequest request(String... tables) {
        return request(Optional.empty(), tables);
    }

    RecoverDatabaseRequest request(Optional<SetId> set, String... tables) {
        return new RecoverDatabaseRequest(
                database.name(),
                set,
                Stream.of(tables).map(TableReference::new).toList(),
                Optional.empty(),
                Optional.empty(),
                new Requester("ana@laptop", Optional.empty()),
                Optional.empty());
    }

    Plan plan(RecoverDatabaseRequest request) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(RecoverDatabasePlanWorkflow.class, options(TaskQueues.PLANNING, "plan" + ++runs))
                .plan(request);
    }

    private static WorkflowOptions options(String queue, String id) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(queue)
                .setWorkflowId(id)
                .build();
    }

    WorkflowStub start(RecoverDatabaseRequest request) {
        asked.shown.clear();
        asked.notices.clear();
        String id = "recover" + ++runs;
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(RecoverDatabaseWorkflow.class, options(TaskQueues.RUNS, id))::run,
                request);
        return temporal.getWorkflowClient().newUntypedWorkflowStub(id);
    }

    RecoverDatabaseOutcome outcome(WorkflowStub run) {
        return run.getResult(RecoverDatabaseOutcome.class);
    }

    RecoverDatabaseOutcome approved(RecoverDatabaseRequest request) {
        WorkflowStub run = start(request);
        decide(question(), Verdict.APPROVE);
        return outcome(run);
    }

    String history(WorkflowStub run) {
        return temporal.getWorkflowClient()
                .fetchHistory(run.getExecution().getWorkflowId())
                .toJson(true);
    }

    Question question() {
        return question(1);
    }

    /** The one that waits, as the so-manieth of its run. */
    Question question(int number) {
        PostgresForTests.waitUntil(
                "question " + number + " is asked",
                () -> asked.shown.stream()
                                .filter(view -> view.state() == QuestionState.WAITING)
                                .map(view -> view.question().id())
                                .distinct()
                                .count()
                        >= number);
        return asked.shown.stream()
                .filter(view -> view.state() == QuestionState.WAITING)
                .toList()
                .getLast()
                .question();
    }

    void decide(Question question, Verdict verdict) {
        temporal.getWorkflowClient()
                .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                .decide(new Decision(
                        question.id(),
                        question.digest(),
                        verdict,
                        Optional.of("because"),
                        new Evidence.SshSignature(BEN, Instant.now(), "genuine")));
    }

    /** All databases but those that are always there. */
    List<String> names() {
        return List.of(value(
                        server,
                        "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database"
                                + " WHERE NOT datistemplate AND datname <> 'postgres'")
                .split(","));
    }

    void dropWhatIsKept() {
        names().stream()
                .filter(name -> !name.equals(database.database()))
                .forEach(name -> sql(server, "DROP DATABASE \"" + name + "\""));
    }

    String rowsOf(Database of, String table) {
        return value(of, "SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM " + table + " t");
    }

    @Override
    public void close() {
        temporal.close();
        runbooks.close();
    }
}
