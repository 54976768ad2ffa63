package dev.windlass.runbooks.backup;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The names that a database and its restored copy have one after the other, and the statements that change them. Which of
 * them exist tells how far a run has come, whatever was killed: the copy grows as {@code {token}}, is whole as {@link
 * #restored}, and the one that failed ends as {@link #broken}.
 *
 * @param live on the server
 */
public record DatabaseNames(String live) {
    /** What plans call a session in another database of the same server: {@link #maintenance}. */
    public static final String CONNECTION = "maintenance";

    /** PostgreSQL cuts longer names off without a word. */
    private static final int LONGEST_NAME = 63;

    private static final int OF_MARK = 25;

    /** No database is renamed, and none closed, by a session in itself. */
    public String maintenance() {
        return live.equals("postgres") ? "template1" : "postgres";
    }

    /** @param mark the slot, or its value */
    public String restored(String mark) {
        return named("_restored_", mark);
    }

    /** Of a copy from a set that a person chose: it waits for their answer, and nobody is meant to connect to it. */
    public String recovered(String mark) {
        return named("_recovered_", mark);
    }

    public String broken(String mark) {
        return named("_broken_", mark);
    }

    /** Of what was staging until a masked copy took its place. */
    public String replaced(String mark) {
        return named("_replaced_", mark);
    }

    private String named(String middle, String mark) {
        String start = live;
        while (start.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME - middle.length() - OF_MARK) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        }
        return start + middle + mark;
    }

    /**
     * What stands for {@code mark}: the set that the run has made for itself, as a name that needs no quotes. All of it: run
     * ids of Temporal begin with the time, so two sets of one minute can end alike.
     */
    public static String mark(SetId set) {
        return set.value().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** What stands for {@code mark} where the copy is of a moment: {@code 20261129t020000z}, to the microsecond where it has any. */
    public static String mark(Instant moment) {
        String pattern = moment.getNano() == 0 ? "yyyyMMdd't'HHmmss'z'" : "yyyyMMdd't'HHmmss_SSSSSS'z'";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    /** Before anything is restored: who owns objects in it may need a right on the database for that. */
    public Sql ownedLikeTheLiveOne() {
        return changes(copying("SELECT * INTO STRICT one FROM pg_database WHERE datname = live;"
                + " EXECUTE format('ALTER DATABASE %I OWNER TO %I', copy, pg_get_userbyid(one.datdba));"
                + " IF one.datacl IS NOT NULL THEN"
                + " EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', copy, pg_get_userbyid(one.datdba));"
                + " FOR one IN SELECT a.* FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = live LOOP"
                + " EXECUTE format('GRANT %s ON DATABASE %I TO %s', one.privilege_type, copy,"
                + " CASE one.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(one.grantee)) END"
                + " || CASE WHEN one.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END); END LOOP; END IF;"));
    }

    /** When all is restored, for settings could get in the way. Their values stay in the server: people keep secrets in them. */
    public Sql setLikeTheLiveOne() {
        return changes(copying("SELECT * INTO STRICT one FROM pg_database WHERE datname = live;"
                + " EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT %s', copy, one.datconnlimit);"
                + " EXECUTE format('COMMENT ON DATABASE %I IS %L', copy, shobj_description(one.oid, 'pg_database'));"
                + " FOR one IN SELECT s.setrole, split_part(c.words, '=', 1) AS name,"
                + " substr(c.words, strpos(c.words, '=') + 1) AS value FROM pg_db_role_setting s"
                + " JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c(words)"
                + " WHERE d.datname = live LOOP EXECUTE format('ALTER %s SET %I = %s',"
                + " CASE one.setrole WHEN 0 THEN format('DATABASE %I', copy)"
                + " ELSE format('ROLE %I IN DATABASE %I', pg_get_userbyid(one.setrole), copy) END, one.name,"
                // A list of names is kept as it was written; as one literal it would be one name.
                + " CASE WHEN one.value <> '' AND one.name IN ('search_path', 'temp_tablespaces',"
                + " 'local_preload_libraries', 'session_preload_libraries') THEN one.value"
                + " ELSE quote_literal(one.value) END); END LOOP;"));
    }

    private String copying(String statements) {
        return "DO $do$ DECLARE live CONSTANT text := " + literal(live)
                + "; copy CONSTANT text := '{token}'; one record;" + " BEGIN " + statements + " END $do$";
    }

    public Sql closeCopy() {
        return changes("ALTER DATABASE \"{token}\" ALLOW_CONNECTIONS false");
    }

    public Sql renameWholeCopy() {
        return changes("ALTER DATABASE \"{token}\" RENAME TO " + identifier(restored("{mark}")));
    }

    /** Tells a later attempt that the copy is its own. The comment of the live one is given to it with the name. */
    public Sql markCopy() {
        return changes("COMMENT ON DATABASE \"{token}\" IS '{token}'");
    }

    public Sql renameCopy(String to) {
        return changes("ALTER DATABASE \"{token}\" RENAME TO " + identifier(to));
    }

    public static Sql dropIfThere(String name) {
        return changes("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
    }

    public Sql closeLive() {
        return changes("ALTER DATABASE " + identifier(live) + " ALLOW_CONNECTIONS false");
    }

    public Sql openLive() {
        return changes(open(live));
    }

    public Sql endSessions() {
        return changes("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = "
                + literal(live) + " AND backend_type = 'client backend'");
    }

    /** All but those of the step itself, which are there to look once more. */
    public Sql endSessionsOfOthers() {
        return changes("SELECT count(pg_terminate_backend(pid, 5000))" + ofOthers());
    }

    public Sql countSessionsOfOthers() {
        return new Sql(Access.READS, CONNECTION, "SELECT count(*)" + ofOthers());
    }

    /**
     * Autovacuum is nobody's session, and writes no row that anybody would miss. A role that may not see everything sees no
     * application_name of others.
     */
    private String ofOthers() {
        return " FROM pg_stat_activity WHERE datname = " + literal(live)
                + " AND usesysid IS NOT NULL AND application_name IS DISTINCT FROM '{token}'";
    }

    public Sql endSessionsIn(String copy) {
        return changes("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname IN ("
                + literal(live) + ", " + literal(copy) + ") AND usesysid IS NOT NULL");
    }

    /** As {@link #swap}, with a copy that has a comment of its own until then. */
    public Sql swapWith(String copy, String kept) {
        return changes("BEGIN; DO $do$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', " + literal(copy)
                + ", (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = " + literal(live)
                + ")); END $do$; ALTER DATABASE " + identifier(live) + " RENAME TO " + identifier(kept)
                + "; ALTER DATABASE " + identifier(copy) + " RENAME TO " + identifier(live) + "; " + open(live)
                + "; COMMIT");
    }

    /** In one transaction: nobody ever finds none of the name, nor one that is closed. */
    public Sql swap() {
        return changes("BEGIN; ALTER DATABASE " + identifier(live) + " RENAME TO " + identifier(broken("{mark}"))
                + "; ALTER DATABASE " + identifier(restored("{mark}")) + " RENAME TO " + identifier(live) + "; "
                + open(live) + "; COMMIT");
    }

    public static String open(String name) {
        return "ALTER DATABASE " + identifier(name) + " ALLOW_CONNECTIONS true";
    }

    public static String drop(String name) {
        return "DROP DATABASE " + identifier(name);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static Sql changes(String statement) {
        return new Sql(Access.CHANGES, CONNECTION, statement);
    }
}
