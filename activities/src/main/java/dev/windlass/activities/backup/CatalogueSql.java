package dev.windlass.activities.backup;

/**
 * What is asked of the catalogue beside tables and sequences. The session's search_path is pg_catalog, so names come
 * qualified. What a dump and a restore do not bring back alike is left out: oids, definitions (an expression can be
 * printed differently after a round trip), the generated names of a partition's own keys.
 */
final class CatalogueSql {
    /** Objects of extensions come and go with their extension. */
    private static final String NOT_OF_EXTENSION =
            " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend e"
                    + " WHERE e.classid = '%s'::regclass AND e.objid = %s AND e.objsubid = 0 AND e.deptype = 'e')";

    static final String SERVER = """
            SELECT 'version', current_setting('server_version')
            UNION ALL SELECT 'bytes', pg_database_size(current_database())::text
            UNION ALL SELECT 'superuser', (SELECT rolname::text FROM pg_roles WHERE oid = 10)
            """;

    /** Columns of pg_database differ by version, so they are read as JSON. */
    static final String PROPERTIES = """
            SELECT p.key, p.value
            FROM pg_database d,
                LATERAL (VALUES
                    ('encoding', pg_encoding_to_char(d.encoding)::text),
                    ('collate', d.datcollate::text),
                    ('ctype', d.datctype::text),
                    ('locale provider', coalesce(to_jsonb(d) ->> 'datlocprovider', 'c')),
                    ('locale', coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale', '')),
                    ('owner', pg_get_userbyid(d.datdba)::text)
                ) p (key, value)
            WHERE d.datname = current_database()
            """;

    static final String SETTINGS = """
            SELECT 'setting ' || coalesce(r.rolname || ' ', '') || split_part(c.one, '=', 1),
                left(encode(sha256(convert_to(c.one, 'UTF8')), 'hex'), 16)
            FROM pg_db_role_setting s
            JOIN pg_database d ON d.oid = s.setdatabase
            LEFT JOIN pg_roles r ON r.oid = s.setrole,
            LATERAL unnest(s.setconfig) c (one)
            WHERE d.datname = current_database()
            """;

    static final String EXTENSIONS = """
            SELECT e.extname, e.extversion || CASE WHEN a.default_version <> e.extversion THEN ' of ' || a.default_version ELSE '' END
            FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname
            """;

    /** Tables whose policies apply to this role. */
    static final String HIDDEN = """
            SELECT count(*), coalesce(min(c.oid::regclass::text), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
              AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls))
              AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
            """;

    static final String SIZES = """
            SELECT oid, pg_table_size(oid), pg_relation_size(oid) / current_setting('block_size')::bigint
            FROM pg_class WHERE relkind = 'r'
            """;

    static final String LARGE_OBJECT_COUNT =
            "SELECT count(*), has_table_privilege('pg_largeobject', 'SELECT') FROM pg_largeobject_metadata";

    /** A page that is missing, or ends early, reads as zeros, and comes back as zeros: so zeros do not count. */
    static final String LARGE_OBJECTS = """
            SELECT count(*), coalesce(sum(hashint8extended(hash_record_extended(ROW(m.oid, p.bytes, p.hash), 0), 0)), 0)
            FROM pg_largeobject_metadata m
            LEFT JOIN (
                SELECT loid,
                    max(pageno::bigint * (current_setting('block_size')::int / 4) + length(data)) AS bytes,
                    sum(hashint8extended(hash_record_extended(ROW(pageno, rtrim(data, '\\x00'::bytea)), 0), 0))
                        FILTER (WHERE rtrim(data, '\\x00'::bytea) <> ''::bytea)::text AS hash
                FROM pg_largeobject GROUP BY loid
            ) p ON p.loid = m.oid
            """;

    static final String OBJECTS = """
            SELECT 'schema ' || quote_ident(n.nspname), pg_get_userbyid(n.nspowner)
            FROM pg_namespace n WHERE true %s
            UNION ALL
            SELECT CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'f' THEN 'foreign table '
                    WHEN 'S' THEN 'sequence ' ELSE 'table ' END || c.oid::regclass,
                concat_ws(' ', CASE c.relkind WHEN 'p' THEN 'partitioned' END,
                    CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'empty' END,
                    CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
                    CASE WHEN c.relrowsecurity THEN 'row security' END,
                    'of ' || pg_get_userbyid(c.relowner))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't' %s
            UNION ALL
            SELECT 'index ' || c.oid::regclass, CASE WHEN i.indisunique THEN 'unique' ELSE 'valid' END
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indisvalid AND c.relpersistence <> 't' %s
            UNION ALL
            SELECT 'constraint ' || quote_ident(o.conname) || ' on ' || o.conrelid::regclass,
                CASE WHEN o.convalidated THEN 'valid' ELSE 'not valid' END
            FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.conparentid = 0 AND c.relpersistence <> 't' %s
            UNION ALL
            SELECT 'trigger ' || quote_ident(g.tgname) || ' on ' || g.tgrelid::regclass,
                CASE g.tgenabled WHEN 'D' THEN 'disabled' ELSE 'enabled' END
            FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND c.relpersistence <> 't' %s
            UNION ALL
            SELECT 'policy ' || quote_ident(y.polname) || ' on ' || y.polrelid::regclass, 'for ' || y.polcmd::text
            FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE true %s
            UNION ALL
            SELECT 'routine ' || f.oid::regprocedure, 'of ' || pg_get_userbyid(f.proowner)
            FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace WHERE true %s
            UNION ALL
            SELECT 'type ' || t.oid::regtype, CASE t.typtype WHEN 'e' THEN 'enum '
                    || (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)
                    WHEN 'd' THEN 'domain' ELSE 'range' END
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd', 'r') %s
            """.formatted(
                    notOfExtension("pg_namespace", "n.oid"),
                    notOfExtension("pg_class", "c.oid"),
                    notOfExtension("pg_class", "c.oid"),
                    notOfExtension("pg_class", "c.oid"),
                    notOfExtension("pg_class", "c.oid"),
                    notOfExtension("pg_class", "c.oid"),
                    notOfExtension("pg_proc", "f.oid"),
                    notOfExtension("pg_type", "t.oid"));

    private CatalogueSql() {}

    private static String notOfExtension(String catalogue, String oid) {
        return NOT_OF_EXTENSION.formatted(catalogue, oid);
    }
}
