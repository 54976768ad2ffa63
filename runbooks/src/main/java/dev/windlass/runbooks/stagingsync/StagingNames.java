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
    /** The comment of a database that was staging; what follows is when it was replaced, and {@link #was}. */
    public static final String REPLACED = "replaced by windlass staging-sync at ";

    private static final int LENGTH_OF_TIME = "2026-11-29T02:00:00Z".length();

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

    /** The live one and what it was: nobody is in the latter but by hand. */
    public Sql endSessionsAgain() {
        return new DatabaseNames(live).endSessionsIn(replaced());
    }

    /** In one transaction; the copy has its own name again, and is closed. */
    public Sql swapBack() {
        return new DatabaseNames(live).swapWith(replaced(), "{token}");
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
                + "' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') || " + literal(was())
                + "); END $do$; "
                + DatabaseNames.open(live) + "; COMMIT");
    }

    /**
     * Names of earlier ones that are older than {@code {hours}} hours. A long name is cut in theirs, so that two databases can begin
     * alike: the comment has all of it. Comments from before it was in them are enough where the name is whole.
     */
    public Sql old() {
        String comment = "shobj_description(oid, 'pg_database')";
        int time = REPLACED.length() + 1;
        String whose = "substr(" + comment + ", " + (time + LENGTH_OF_TIME) + ")";
        return new Sql(
                Access.READS,
                DatabaseNames.CONNECTION,
                "SELECT datname FROM pg_database WHERE left(datname, " + prefix().length() + ") = " + literal(prefix())
                        + " AND " + comment + " LIKE '" + REPLACED + "%' AND " + whose
                        + (prefix().equals(live + "_replaced_")
                                ? " IN ('', " + literal(was()) + ")"
                                : " = " + literal(was()))
                        + " AND substr(" + comment + ", " + time + ", " + LENGTH_OF_TIME
                        + ")::timestamptz < now() - interval '{hours} hours' ORDER BY datname");
    }

    private String was() {
        return ", was " + live;
    }

    /** One of {@link #old}, as {@code {old-staging}}. */
    public Sql dropOld() {
        return DatabaseNames.dropIfThere("{old-staging}");
    }

    private String prefix() {
        return replaced().replace("{token}", "");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String quoted(String identifier) {
        return TableReference.quoted(identifier);
    }

    private static Sql changes(String statement) {
        return new Sql(Access.CHANGES, DatabaseNames.CONNECTION, statement);
    }
}
