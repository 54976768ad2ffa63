package dev.windlass.runbooks.backup;

import java.util.List;

/**
 * In one go, parallel pg_restore may make the foreign key of a partitioned table before the partitions have their rows: the
 * archive does not say that it depends on them. Each row is then looked up as the owner of the table that it refers to, who gets
 * its rights on the schema only in the end. So what follows the rows is a command of its own.
 */
public final class RestoreSections {
    public static final List<String> UP_TO_ROWS = List.of("--section=pre-data", "--section=data");
    public static final String THE_REST = "--section=post-data";

    private RestoreSections() {}
}
