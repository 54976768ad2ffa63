package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks, before anybody is asked, for what would stop a restore beside a database, or the change of their names. */
public final class BesideReadiness {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    /** The copy, and the log that is written while it is loaded and its indexes are built. */
    private static final double FACTOR = 1.5;

    private static final long MARGIN = 512L << 20;
    private static final int FIRST_WITH_SET = 16;

    /** %s is the privilege that lets a role give objects to another one. */
    private static final String QUESTION = """
            WITH me AS (SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user),
                here AS (SELECT * FROM pg_database WHERE datname = current_database()),
                owners AS (
                    SELECT relowner AS owner FROM pg_class c WHERE c.oid > 16383 AND c.relpersistence <> 't' AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
                    UNION SELECT proowner FROM pg_proc f WHERE f.oid > 16383 AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_proc'::regclass AND e.objid = f.oid AND e.deptype = 'e')
                    UNION SELECT nspowner FROM pg_namespace n WHERE n.oid > 16383 AND n.nspname !~ '^pg_'
                        AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e'))
            SELECT 'it may not create databases' FROM me WHERE NOT rolsuper AND NOT rolcreatedb
            UNION ALL SELECT 'it is no member of ' || quote_ident(pg_get_userbyid(datdba)) || ', who owns the database'
                FROM me, here WHERE NOT rolsuper AND NOT pg_has_role(datdba, '%1$s')
            UNION ALL SELECT 'it is no member of ' || string_agg(quote_ident(pg_get_userbyid(owner)), ', ')
                    || ', whose objects are in it'
                FROM me, owners WHERE NOT rolsuper AND NOT pg_has_role(owner, '%1$s') HAVING count(*) > 0
            UNION ALL SELECT 'it is no member of pg_signal_backend, and may not end the sessions of others'
                FROM me WHERE NOT rolsuper AND NOT pg_has_role('pg_signal_backend', 'USAGE')
            UNION ALL SELECT 'only a superuser may create extension ' || string_agg(quote_ident(e.extname), ', ')
                FROM me, pg_extension e JOIN pg_available_extension_versions v
                    ON v.name = e.extname AND v.version = e.extversion
                WHERE NOT rolsuper AND NOT v.trusted HAVING count(*) > 0
            UNION ALL SELECT 'only a superuser may create event trigger ' || string_agg(quote_ident(evtname), ', ')
                FROM me, pg_event_trigger WHERE NOT rolsuper HAVING count(*) > 0
            UNION ALL SELECT 'only a superuser may give it its setting ' || string_agg(split_part(c.words, '=', 1), ', ')
                FROM me, here JOIN pg_db_role_setting s ON s.setdatabase = here.oid,
                    unnest(s.setconfig) AS c(words) LEFT JOIN pg_settings k ON k.name = split_part(c.words, '=', 1)
                WHERE NOT rolsuper AND (s.setrole <> 0 OR k.context = 'superuser') HAVING count(*) > 0
            """;

    private static final String QUESTION_OF_NAMES = """
            WITH here AS (SELECT * FROM pg_database WHERE datname = current_database())
            SELECT 'it lies in tablespaces of its own, and the copy would not'
                FROM here WHERE dattablespace <> 1663
                    OR EXISTS (SELECT FROM pg_class WHERE reltablespace NOT IN (0, 1664))
            UNION ALL SELECT 'replication slot ' || string_agg(slot_name::text, ', ') || ' would stay with the old one'
                FROM pg_replication_slots WHERE database = current_database() HAVING count(*) > 0
            UNION ALL SELECT 'it has subscriptions, which would begin anew'
                FROM here WHERE EXISTS (SELECT FROM pg_subscription WHERE subdbid = here.oid)
            """;

    /** Where the server's files are is not shown to everybody. */
    private static final String SIZE = "SELECT pg_database_size(current_database()),"
            + " coalesce((SELECT setting FROM pg_settings WHERE name = 'data_directory'), '')";

    private final BackupParts parts;
    private final Database database;
    private final StepContext context;

    /** @param database with the user who would restore it */
    public BesideReadiness(BackupParts parts, Database database, StepContext context) {
        this.parts = parts;
        this.database = database;
        this.context = context;
    }

    /** Against a copy beside it that is whole. */
    public List<String> reasonsAgainstACopy() {
        List<String> reasons = new ArrayList<>();
        try (Connection connection = parts.connections().open(database, context.token());
                Statement statement = connection.createStatement()) {
            boolean hasSet = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_SET;
            reasons.addAll(answers(statement, QUESTION.formatted(hasSet ? "SET" : "MEMBER")));
            reasons.addAll(lackOfRoom(statement));
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
        reasons.addAll(lackOfAnotherDatabase());
        return reasons;
    }

    /** Against the copy taking its name, in addition. */
    public List<String> reasonsAgainstNewNames() {
        try (Connection connection = parts.connections().open(database, context.token());
                Statement statement = connection.createStatement()) {
            return answers(statement, QUESTION_OF_NAMES);
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    private static List<String> answers(Statement statement, String question) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(question)) {
            while (row.next()) {
                answers.add(row.getString(1));
            }
        }
        return answers;
    }

    /** The server's own disk; the one for the opened dump has just been measured by the rehearsal's rule. */
    private List<String> lackOfRoom(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(SIZE)) {
            row.next();
            long needed = (long) (row.getLong(1) * FACTOR) + MARGIN;
            Path directory = Path.of(row.getString(2));
            if (!isHere() || row.getString(2).isEmpty() || !Files.isDirectory(directory)) {
                return List.of();
            }
            long usable = Files.getFileStore(directory).getUsableSpace();
            return usable >= needed
                    ? List.of()
                    : List.of("the disk of " + directory + " has " + Quantities.bytes(usable)
                            + " free, and a copy beside it needs " + Quantities.bytes(needed));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Elsewhere nobody can see the disk from here. */
    private boolean isHere() {
        return database.host().startsWith("/") || LOOPBACK.contains(database.host());
    }

    private List<String> lackOfAnotherDatabase() {
        String name = new DatabaseNames(database.database()).maintenance();
        try (Connection other = parts.connections().open(GrowingDatabase.named(database, name), context.token())) {
            return List.of();
        } catch (ApplicationFailure refused) {
            String fact = Failure.in(refused).map(Failure::fact).orElseGet(() -> Failure.messageOf(refused));
            return List.of("it cannot connect to database " + name
                    + " of the same server, from where the names are changed (" + fact + ")");
        } catch (SQLException closing) {
            throw PostgresFailures.using(database, closing);
        }
    }
}
