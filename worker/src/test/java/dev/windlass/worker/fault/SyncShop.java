package dev.windlass.worker.fault;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import dev.windlass.workflows.stagingsync.ClassifyRequest;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop with people in it, and its staging, which holds fiction until a copy takes its place. */
final class SyncShop {
    /** Where people approve. */
    static final String GUARDED = "guarded";

    /** Rows at which a lock of the test can hold whoever reads them; beyond those on which masks are tried. */
    static final long EARLY = 600;

    static final long MID = 15_000;
    static final long LATE = 19_000;
    static final long SECOND = 70_000;

    /** Not a row: the materialized view. */
    static final long VIEW = -1;

    /** Nor this: the statement of ops.yml that says whether staging works. */
    static final long SMOKE = -2;

    static final String DOES_NOT_WORK = "does_not_work";

    /** The one whose staging is asked. */
    static final String ASKED = "pears";

    static final String WORKS = "SELECT app.pace(" + SMOKE
            + ") AND NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = '" + DOES_NOT_WORK + "')";

    static final int USERS = 20_000;
    private static final int MESSAGES = 30_000;

    private static final List<String> CONTENT = List.of(
            "CREATE SCHEMA app",
            "CREATE FUNCTION app.pace(n bigint) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF n IN (" + EARLY + ", "
                    + MID
                    + ", " + LATE + ", " + SECOND + ", " + VIEW + ", " + SMOKE
                    + ") THEN PERFORM pg_advisory_lock_shared(n); PERFORM pg_advisory_unlock_shared(n); END IF; RETURN true; END $$",
            "CREATE TABLE app.users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, phone text UNIQUE, full_name text NOT NULL,"
                    + " street text, iban text, about text, settings jsonb NOT NULL)",
            "CREATE TABLE app.messages (id bigint PRIMARY KEY, sender text REFERENCES app.users (email), body text)",
            "CREATE MATERIALIZED VIEW app.held AS SELECT 1 AS one WHERE app.pace(" + VIEW + ")",
            "INSERT INTO app.users SELECT n, 'filler' || n || '@mail.example.org', '+4170' || lpad(n::text, 7, '0'), 'Filler ' || n,"
                    + " n || ' Filler Road', 'DE' || n, 'filler ' || n, '{\"theme\": \"dark\"}' FROM generate_series(1, "
                    + USERS
                    + ") n",
            "CREATE TABLE app.original (n int, email text, phone text, full_name text, street text, iban text, about text, key text, value text)");

    private static final List<String> PLACED = List.of(
            "UPDATE app.users SET email = o.email, phone = o.phone, full_name = o.full_name, street = o.street, iban = o.iban,"
                    + " about = o.about, settings = jsonb_build_object('theme', 'dark', o.key, o.value)"
                    + " FROM app.original o WHERE id = 1 + o.n * (" + USERS / Originals.PEOPLE + ")",
            "DROP TABLE app.original",
            "INSERT INTO app.messages SELECT 60000 + n, email, about FROM generate_series(1, " + MESSAGES
                    + ") n JOIN app.users ON id = 1 + n % " + USERS,
            // In the order of their ids, so that the rows at which somebody waits come when they are expected.
            "CLUSTER app.users USING users_pkey",
            "CLUSTER app.messages USING messages_pkey");

    private static final String CLASSIFICATION = """
            version: 1
            domains:
              address: {mask: email}
            tables:
              app.users:
                shape: "%s"
                rows: app.pace(id)
                columns:
                  id: {type: bigint, keep: a number of ours}
                  email: {type: text, domain: address}
                  phone: {type: text, mask: phone, by: id}
                  full_name: {type: text, mask: name}
                  street: {type: text, mask: address}
                  iban: {type: text, mask: iban}
                  about: {type: text, mask: text}
                  settings: {type: jsonb, mask: json, allow: [theme]}
              app.messages:
                shape: "%s"
                rows: app.pace(id)
                columns:
                  id: {type: bigint, keep: a number of ours}
                  sender: {type: text, domain: address}
                  body: {type: text, mask: text}
            """;

    final String name;
    private final SyncRig rig;

    SyncShop(SyncRig rig, String name) {
        this.rig = rig;
        this.name = name;
    }

    /** All shops are alike; production of the first is filled, and the others are copies of it. */
    static void prepare(SyncRig rig, List<SyncShop> shops) throws IOException, SQLException {
        String first = shops.getFirst().name;
        rig.production.sql("postgres", "CREATE DATABASE " + first);
        for (String statement : CONTENT) {
            rig.production.sql(first, statement);
        }
        for (int n = 0; n < Originals.PEOPLE; n++) {
            rig.production.sql(
                    first,
                    "INSERT INTO app.original VALUES (" + n + ", '" + Originals.email(n) + "', '" + Originals.phone(n)
                            + "', '" + Originals.name(n) + "', '" + Originals.street(n) + "', '" + Originals.iban(n)
                            + "', '" + Originals.about(n) + "', '" + Originals.jsonKey(n) + "', '"
                            + Originals.jsonValue(n) + "')");
        }
        for (String statement : PLACED) {
            rig.production.sql(first, statement);
        }
        for (SyncShop shop : shops.subList(1, shops.size())) {
            rig.production.sql("postgres", "CREATE DATABASE " + shop.name + " TEMPLATE " + first);
        }
        rig.staging.sql("postgres", "CREATE ROLE staging_app LOGIN");
        rig.staging.sql("postgres", "CREATE DATABASE fiction");
        rig.staging.sql("fiction", "CREATE TABLE public.invented (id serial PRIMARY KEY, words text DEFAULT 'nobody')");
        rig.staging.sql(
                "fiction",
                "INSERT INTO public.invented (words) SELECT 'invented ' || n FROM generate_series(1, 500) n");
        classify(rig, first, "", "");
    }

    /** What becomes of the columns, with the shapes that the worker tells. */
    static void classify(SyncRig rig, String database, String replaced, String with) throws IOException {
        String proposal = rig.start(
                        "Classify",
                        TaskQueues.PLANNING,
                        "classify-" + System.nanoTime(),
                        new ClassifyRequest(new DatabaseName(database)))
                .getResult(ClassifyAnswer.class)
                .proposal();
        String text = CLASSIFICATION.formatted(shape(proposal, "app.users"), shape(proposal, "app.messages"));
        Files.writeString(rig.classification(), text.replace(replaced, with));
    }

    private static String shape(String proposal, String table) {
        Matcher found = Pattern.compile(Pattern.quote(table) + "\"?:\\s+shape: \"?([0-9a-f]{16})")
                .matcher(proposal);
        if (!found.find()) {
            throw new AssertionError("no shape of " + table + " in " + proposal);
        }
        return found.group(1);
    }

    String staging() {
        return name + "_staging";
    }

    boolean isGuarded() {
        return name.equals(GUARDED);
    }

    /** Fiction, and nothing of earlier cases. */
    void reset() throws SQLException {
        for (String each : replaced()) {
            rig.staging.sql("postgres", "DROP DATABASE \"" + each + "\" WITH (FORCE)");
        }
        rig.staging.sql("postgres", "DROP DATABASE IF EXISTS " + staging() + " WITH (FORCE)");
        rig.staging.sql(
                "postgres", "CREATE DATABASE " + staging() + " TEMPLATE fiction OWNER staging_app CONNECTION LIMIT 17");
        rig.staging.sql("postgres", "ALTER DATABASE " + staging() + " SET work_mem = '5MB'");
    }

    List<String> replaced() throws SQLException {
        return rig.staging.rows(
                "postgres",
                "SELECT datname FROM pg_database WHERE datname LIKE '" + name + "\\_staging\\_replaced\\_%'");
    }

    /** Every database that is neither staging nor what it was, on the server of staging. */
    static List<String> copies(SyncRig rig) throws SQLException {
        return rig.staging.rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'windlass-%'");
    }

    List<String> look(String database) throws IOException, SQLException {
        return DatabaseSight.of(rig.staging, database);
    }

    WorkflowStub sync(String workflowId) {
        StagingSyncRequest unsigned =
                new StagingSyncRequest(new DatabaseName(name), new Requester("test", Optional.empty()));
        StagingSyncRequest request = isGuarded()
                ? new StagingSyncRequest(
                        unsigned.database(), rig.person("ana").asking("staging-sync", workflowId, unsigned.asked()))
                : unsigned;
        return rig.start("StagingSync", workflowId, request);
    }
}
