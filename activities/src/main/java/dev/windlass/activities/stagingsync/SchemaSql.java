package dev.windlass.activities.stagingsync;

/** What is asked of the catalogue about tables that hold rows. The session's search_path is pg_catalog, so names come qualified. */
final class SchemaSql {
    /** Partitions are read with the table that they are part of; tables of extensions come with their extension. */
    private static final String TABLES_WITH = """
            WITH tables AS (
                SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
            )
            """;

    static final String TABLES = TABLES_WITH + """
            SELECT t.oid, t.schema, t.name, n.nspname, l.relname
            FROM tables t
            LEFT JOIN pg_partition_tree(t.oid) p ON p.isleaf AND p.parentrelid IS NOT NULL
            LEFT JOIN pg_class l ON l.oid = p.relid AND l.relkind = 'r'
            LEFT JOIN pg_namespace n ON n.oid = l.relnamespace
            ORDER BY t.oid, n.nspname, l.relname
            """;

    /** A type is followed through domains and arrays to what is stored in the end. */
    static final String COLUMNS = TABLES_WITH.replace("WITH tables", "WITH RECURSIVE tables") + """
            , walk (start, oid, typmod, is_array, is_domain, is_required) AS (
                SELECT DISTINCT a.atttypid, a.atttypid, -1, false, false, false
                FROM pg_attribute a JOIN tables t ON t.oid = a.attrelid WHERE a.attnum > 0
                UNION ALL
                SELECT w.start, CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.typelem END,
                    CASE WHEN y.typtype = 'd' THEN y.typtypmod ELSE w.typmod END,
                    w.is_array OR y.typtype <> 'd', w.is_domain OR y.typtype = 'd', w.is_required OR (y.typnotnull AND NOT w.is_array)
                FROM walk w JOIN pg_type y ON y.oid = w.oid
                WHERE y.typtype = 'd' OR (y.typcategory = 'A' AND y.typelem <> 0 AND y.typlen = -1)
            )
            SELECT t.oid, a.attname, format_type(a.atttypid, a.atttypmod), b.typname,
                CASE WHEN b.typname IN ('varchar', 'bpchar') AND greatest(a.atttypmod, w.typmod) > 4 THEN greatest(a.atttypmod, w.typmod) - 4 END,
                a.attnotnull OR w.is_required, a.attgenerated <> '', w.is_array, b.typtype = 'e', w.is_domain,
                EXISTS (
                    SELECT FROM pg_partition_tree(t.oid) q JOIN pg_partitioned_table p ON p.partrelid = q.relid
                    JOIN pg_attribute k ON k.attrelid = p.partrelid AND k.attname = a.attname
                    WHERE k.attnum = ANY (p.partattrs)
                       OR position(quote_ident(a.attname) IN coalesce(pg_get_expr(p.partexprs, p.partrelid), '')) > 0
                )
            FROM tables t
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN walk w ON w.start = a.atttypid
            JOIN pg_type b ON b.oid = w.oid AND b.typtype <> 'd' AND NOT (b.typcategory = 'A' AND b.typelem <> 0 AND b.typlen = -1)
            ORDER BY t.oid, a.attnum
            """;

    /** Columns of the index itself, and those its expressions and its condition speak of. */
    static final String UNIQUE_KEYS = TABLES_WITH + """
            SELECT t.oid, array_agg(DISTINCT a.attname::text)
            FROM tables t
            JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND (
                a.attnum = ANY ((i.indkey::int2[])[0 : i.indnkeyatts - 1]) OR EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.refobjsubid = a.attnum
                      AND 0 = ANY (i.indkey))
            )
            GROUP BY t.oid, i.indexrelid ORDER BY t.oid, i.indexrelid
            """;

    static final String FOREIGN_KEYS = TABLES_WITH + """
            SELECT t.oid, o.conname, n.nspname, r.relname,
                (SELECT array_agg(a.attname::text ORDER BY k.nth) FROM unnest(o.conkey) WITH ORDINALITY k (num, nth)
                    JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num),
                (SELECT array_agg(a.attname::text ORDER BY k.nth) FROM unnest(o.confkey) WITH ORDINALITY k (num, nth)
                    JOIN pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num)
            FROM tables t
            JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype = 'f' AND o.conparentid = 0
            JOIN pg_class r ON r.oid = coalesce(pg_partition_root(o.confrelid), o.confrelid)
            JOIN pg_namespace n ON n.oid = r.relnamespace
            ORDER BY t.oid, o.conname
            """;

    static final String CHECKS = TABLES_WITH + """
            SELECT t.oid, o.conname, pg_get_expr(o.conbin, o.conrelid),
                (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (o.conkey))
            FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype = 'c' AND o.conkey <> '{}'
            ORDER BY t.oid, o.conname
            """;

    /** Everything that could make a mask wrong that was right, one fact a row; PostgreSQL 18 keeps NOT NULL as a constraint as well. */
    static final String SHAPES = TABLES_WITH + """
            SELECT t.oid, concat_ws(' ', 'column', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
                a.attgenerated, a.attidentity, CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation::text END,
                pg_get_expr(d.adbin, d.adrelid))
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
            UNION ALL
            SELECT t.oid, concat_ws(' ', 'constraint', quote_ident(o.conname), pg_get_constraintdef(o.oid))
            FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.conparentid = 0
            UNION ALL
            SELECT t.oid, 'unique ' || pg_get_indexdef(i.indexrelid) FROM tables t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
            UNION ALL
            SELECT t.oid, 'partitioned ' || pg_get_partkeydef(t.oid) FROM tables t JOIN pg_partitioned_table p ON p.partrelid = t.oid
            UNION ALL
            SELECT t.oid, concat_ws(' ', 'enum', quote_ident(a.attname), quote_literal(e.enumlabel), e.enumsortorder)
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type y ON y.oid = a.atttypid JOIN pg_enum e ON e.enumtypid IN (y.oid, y.typelem)
            UNION ALL
            SELECT t.oid, concat_ws(' ', 'domain', quote_ident(a.attname), format_type(y.typbasetype, y.typtypmod), y.typnotnull,
                pg_get_constraintdef(o.oid))
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type y ON y.oid = a.atttypid AND y.typtype = 'd' LEFT JOIN pg_constraint o ON o.contypid = y.oid AND o.contype = 'c'
            ORDER BY 1, 2
            """;

    private SchemaSql() {}
}
