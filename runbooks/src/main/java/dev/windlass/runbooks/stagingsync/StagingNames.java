package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.recovery.TableReference;

/**
 * The statements by which a masked copy becomes staging. It grows as {@code {token}}, which only its run knows, and what was staging
 * ends as {@link #replaced}. All of them run in another database of the same server.
 *
 * @param live staging's name on its server
 * @param owner the role that owns it
 */
public record StagingNames(String live, String owner) {
    /** The comment of a database that was staging; what follows is when it was replaced. */
    public static final String REPLACED = "replaced by windlass staging-sync at ";

    public String maintenance() {
        return new DatabaseNames(live).maintenance();
    }

    public String replaced() {
        return new DatabaseNames(live).replaced("{token}");
    }

    /** With the encoding and the locale of production, as {@code {options}}. */
    public Sql create() {
        return changes("CREATE DATABASE \"{token}\" TEMPLATE template0 {options}");
    }

    /** It belongs to Windlass: an owner could connect even when everybody's right to is taken away. */
    public Sql close() {
        return changes("REVOKE ALL ON DATABASE \"{token}\" FROM PUBLIC");
    }

    public Sql letOwnerCreate() {
        return changes("GRANT CREATE ON DATABASE \"{token}\" TO " + quoted(owner));
    }

    public Sql drop() {
        return DatabaseNames.dropIfThere("{token}");
    }

    public Sql closeLive() {
        return new DatabaseNames(live).closeLive();
    }

    public Sql openLive() {
        return new DatabaseNames(live).openLive();
    }

    public Sql endSessions() {
        return new DatabaseNames(live).endSessionsIn("{token}");
    }

    /** All of it or nothing: owner, rights and settings of what is staging now, then both names; then it is open. */
    public Sql swap() {
        DatabaseNames names = new DatabaseNames(live);
        // Where staging has no rights of its own, everybody may connect to it; where it has, these are taken away
        // again.
        return changes("BEGIN; GRANT CONNECT, TEMPORARY ON DATABASE \"{token}\" TO PUBLIC; "
                + names.ownedLikeTheLiveOne().statement() + "; "
                + names.setLikeTheLiveOne().statement() + "; ALTER DATABASE " + quoted(live) + " RENAME TO "
                + quoted(replaced()) + "; ALTER DATABASE \"{token}\" RENAME TO " + quoted(live)
                + "; DO $do$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', '"
                + replaced().replace("'", "''")
                + "', '" + REPLACED
                + "' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')); END $do$; "
                + DatabaseNames.open(live) + "; COMMIT");
    }

    /** Names of earlier ones that are older than {@code {hours}} hours. */
    public Sql old() {
        return new Sql(
                Access.READS,
                DatabaseNames.CONNECTION,
                "SELECT datname FROM pg_database WHERE left(datname, " + prefix().length() + ") = '"
                        + prefix().replace("'", "''") + "' AND shobj_description(oid, 'pg_database') LIKE '" + REPLACED
                        + "%' AND substr(shobj_description(oid, 'pg_database'), " + (REPLACED.length() + 1)
                        + ")::timestamptz < now() - interval '{hours} hours' ORDER BY datname");
    }

    /** One of {@link #old}, as {@code {old-staging}}. */
    public Sql dropOld() {
        return DatabaseNames.dropIfThere("{old-staging}");
    }

    private String prefix() {
        return replaced().replace("{token}", "");
    }

    private static String quoted(String identifier) {
        return TableReference.quoted(identifier);
    }

    private static Sql changes(String statement) {
        return new Sql(Access.CHANGES, DatabaseNames.CONNECTION, statement);
    }
}
