package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.stagingsync.Classification;
import dev.windlass.runbooks.stagingsync.Finding;
import dev.windlass.runbooks.stagingsync.MaskedViews;
import dev.windlass.runbooks.stagingsync.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Whether the masked views in production are those of today's classification, and the role that reads them can read nothing else. */
final class GrantCheck {
    private static final String AGAIN =
            "run the script of windlass classify DB --views in production, once somebody has looked at it";

    private static final String ROLE =
            "SELECT rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),"
                    + " rolcreaterole OR rolreplication"
                    + " FROM pg_roles r WHERE rolname = ?";
    private static final String VIEWS = "SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),"
            + " encode(sha256(convert_to(pg_get_viewdef(c.oid), 'UTF8')), 'hex'), has_table_privilege(?, c.oid, 'SELECT')"
            + " FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = to_regnamespace('" + MaskedViews.SCHEMA
            + "')";
    private static final String READABLE =
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
                    + " AND NOT (n.nspname = '" + MaskedViews.SCHEMA + "' AND c.relkind = 'v')"
                    + " AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')"
                    + " AND has_any_column_privilege(?, c.oid, 'SELECT') ORDER BY 1";

    /** Each reads with the rights of its owner. Functions of triggers cannot be called. */
    private static final String DEFINERS =
            "SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'"
                    + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, (SELECT ?::text AS name) r"
                    + " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)"
                    + " AND has_function_privilege(r.name, p.oid, 'EXECUTE')"
                    + " AND has_schema_privilege(r.name, n.oid, 'USAGE') ORDER BY 1";

    private final Connection connection;
    private final String role;
    private final List<Finding> findings = new ArrayList<>();

    private GrantCheck(Connection connection, String role) {
        this.connection = connection;
        this.role = role;
    }

    /** @param connection of a role that may see everything, with the search path of all our sessions */
    static List<Finding> findings(Connection connection, Classification classification, Schema schema, String role)
            throws SQLException {
        GrantCheck check = new GrantCheck(connection, role);
        if (check.isRoleThere()) {
            check.requireViews(new MaskedViews(classification, schema, role).expected());
            check.requireNothingElse();
            check.requireNoLentRights();
        }
        return check.findings.stream().sorted().toList();
    }

    private boolean isRoleThere() throws SQLException {
        try (PreparedStatement statement = asked(ROLE);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                add(role, "is no role of the server", AGAIN);
                return false;
            }
            if (row.getBoolean(1) || row.getBoolean(2) || row.getBoolean(3)) {
                add(
                        role,
                        "is a superuser, passes row level security, or is a member of another role",
                        "take that from it: it is to read the masked views and nothing else");
            }
            if (row.getBoolean(4)) {
                add(
                        role,
                        "may make roles or replicate, and so get at what it cannot read",
                        "take that from it: ALTER ROLE … NOCREATEROLE NOREPLICATION");
            }
            return true;
        }
    }

    private void requireViews(SortedMap<String, String> expected) throws SQLException {
        SortedMap<String, String> missing = new java.util.TreeMap<>(expected);
        try (PreparedStatement statement = asked(VIEWS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String view = row.getString(1);
                String wanted = missing.remove(view);
                String place = MaskedViews.SCHEMA + "." + view;
                if (wanted == null) {
                    add(place, "is a view of nothing that is copied", AGAIN);
                } else if (!row.getString(2).equals(wanted + " " + row.getString(3))) {
                    add(place, "is another view than the classification makes", AGAIN);
                } else if (!row.getBoolean(4)) {
                    add(place, "cannot be read by " + role, AGAIN);
                }
            }
        }
        missing.keySet().forEach(view -> add(MaskedViews.SCHEMA + "." + view, "is a view that is not there", AGAIN));
    }

    private void requireNothingElse() throws SQLException {
        try (PreparedStatement statement = asked(READABLE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                add(
                        row.getString(1),
                        "can be read by " + role + ", past the masked views",
                        "take the right from it, or from PUBLIC");
            }
        }
    }

    private void requireNoLentRights() throws SQLException {
        try (PreparedStatement statement = asked(DEFINERS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                add(
                        row.getString(1),
                        "runs with the rights of its owner (SECURITY DEFINER), and can be called by " + role,
                        "take EXECUTE on it from PUBLIC, and grant it to the roles that need it");
            }
        }
    }

    private PreparedStatement asked(String query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        statement.setString(1, role);
        return statement;
    }

    private void add(String place, String message, String hint) {
        findings.add(new Finding(place, message, hint));
    }
}
