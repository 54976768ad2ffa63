package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Statements that look for originals in a copy without carrying any there: some values of production are hashed in production, by a
 * key of one session, and what no mask can have written in the copy is hashed in the copy by the same key. Whoever reads both sees
 * hashes alone.
 */
public final class ProbeSql {
    /** Fewer different values than these, and they are words for many, such as names of countries. */
    public static final int DISTINCT = 20;

    private static final int ORIGINALS = 5000;
    private static final int PAGES = 400;
    private static final int LOOKED_AT = 200;
    private static final int SHORTEST = 4;
    private static final int SHORTEST_WORD = 5;
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'");

    private final MaskedTable masked;
    private final SchemaTable table;
    private final TreeSet<String> own = new TreeSet<>();

    /** @param statements of after_sql, whose words production may have as well */
    public ProbeSql(MaskedTable masked, SchemaTable table, Collection<String> statements) {
        this.masked = masked;
        this.table = table;
        for (String statement : statements) {
            Matcher literal = LITERAL.matcher(statement.toLowerCase(Locale.ROOT));
            while (literal.find()) {
                String value = literal.group(1).replace("''", "'").strip();
                own.add(value);
                own.addAll(List.of(value.split("[\\s\\p{Punct}]+")));
            }
        }
    }

    /** Columns of text that are masked into a form of ours. */
    public List<SchemaColumn> columns() {
        return masked.isEmpty()
                ? List.of()
                : table.copiedColumns().stream()
                        .filter(column ->
                                column.kind() == TypeKind.TEXT && form(column).isPresent())
                        .toList();
    }

    private Optional<String> form(SchemaColumn column) {
        return masked.mask(column).flatMap(mask -> MaskForm.isOf(mask, "rtrim(a.v)"));
    }

    /** In production: hashes of some values, and of words in them; at most 5,000, of about 400 pages. */
    public String originals(SchemaColumn column) {
        String tokens = tokens(column, "s.v");
        String withoutTeam = masked.whoIsKept(column)
                .map(who -> " EXCEPT SELECT t.w FROM (SELECT DISTINCT left(rtrim(a.v), " + LOOKED_AT + ") AS v FROM ("
                        + values(column, table.table().sql() + " WHERE " + who)
                        + ") a WHERE a.v IS NOT NULL) s, LATERAL ("
                        + tokens + ") t (w)")
                .orElse("");
        String withoutOwn = own.isEmpty() ? "" : " EXCEPT SELECT unnest(ARRAY[" + SqlText.literals(own) + "])";
        String notOfTheTeam = masked.whoIsKept(column)
                .map(who -> " WHERE (" + who + ") IS NOT TRUE")
                .orElse("");
        return "WITH seen AS MATERIALIZED (SELECT DISTINCT left(rtrim(a.v), " + LOOKED_AT + ") AS v FROM ("
                + values(column, table.table().sql() + " TABLESAMPLE SYSTEM ({percent})" + notOfTheTeam)
                + ") a WHERE a.v IS NOT NULL AND NOT (" + form(column).orElseThrow() + ")) SELECT encode("
                + new Pseudonym("probe", "d.w").bytes() + ", 'hex') FROM (SELECT t.w FROM seen s, LATERAL (" + tokens
                + ") t (w)" + withoutTeam + withoutOwn + ") d WHERE (SELECT count(*) FROM seen) >= " + DISTINCT
                + " ORDER BY 1 LIMIT " + ORIGINALS;
    }

    /** In production: pages of the table, by which {@code {percent}} is known. */
    public String pages() {
        return "SELECT "
                + table.holders().stream()
                        .map(holder -> "pg_relation_size(" + SqlText.literal(holder.sql())
                                + "::regclass) / current_setting('block_size')::bigint")
                        .collect(Collectors.joining(" + "));
    }

    public static String withPages(String statement, long pages) {
        return statement.replace(
                "{percent}", pages <= PAGES ? "100" : String.format(Locale.ROOT, "%.6f", 100.0 * PAGES / pages));
    }

    /**
     * In the copy: how many of them are there.
     *
     * @param originals hexadecimal digits
     */
    public String found(SchemaColumn column, Collection<String> originals) {
        return "SELECT count(*) FROM (SELECT DISTINCT t.w FROM (SELECT DISTINCT left(rtrim(a.v), " + LOOKED_AT
                + ") AS v FROM (" + values(column, table.table().sql()) + ") a WHERE a.v IS NOT NULL AND NOT ("
                + form(column).orElseThrow() + ")) s, LATERAL (" + tokens(column, "s.v") + ") t (w)) d WHERE "
                + new Pseudonym("probe", "d.w").bytes() + " IN (SELECT decode(unnest(string_to_array('"
                + String.join(",", originals) + "', ',')), 'hex'))";
    }

    private static String values(SchemaColumn column, String from) {
        String name = SqlText.quoted(column.name());
        return "SELECT " + (column.is(Trait.ARRAY) ? "unnest(" + name + ")::text" : name + "::text") + " AS v FROM "
                + from;
    }

    /** The whole value; and in free form its words, without numbers: those stand for houses and years. */
    private String tokens(SchemaColumn column, String value) {
        String whole = "SELECT lower(btrim(" + value + ")) WHERE length(btrim(" + value + ")) >= " + SHORTEST;
        return masked.mask(column)
                .filter(mask -> mask instanceof Mask.Name || mask instanceof Mask.Address || mask instanceof Mask.Text)
                .map(free -> whole + " UNION SELECT w.w FROM regexp_split_to_table(lower(" + value
                        + "), '[[:space:][:punct:]]+') w (w) WHERE length(w.w) >= " + SHORTEST_WORD
                        + " AND w.w !~ '^[0-9]+$'")
                .orElse(whole);
    }
}
