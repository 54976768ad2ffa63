package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.backup.PostgresFailures;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the WAL of a live cluster has got.
 *
 * @param now by its server's clock
 * @param command what archives; empty when nothing does
 * @param failing the last try to archive a segment failed
 * @param waiting segments that are finished and not archived
 * @param until when the youngest archived segment was finished, as far as the server still knows
 */
record ArchivedWal(Instant now, String command, boolean failing, long waiting, Optional<Instant> until) {
    /**
     * NAME.ready is made when a segment is finished, and keeps its time when it becomes NAME.done. That goes with the segment
     * at some checkpoint; then it was finished shortly before it was archived, unless many had waited.
     */
    private static final String QUESTION = """
            SELECT clock_timestamp(),
                CASE current_setting('archive_mode') WHEN 'off' THEN '' ELSE current_setting('archive_command') END,
                coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false),
                (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'),
                coalesce((SELECT max(modification) FROM pg_ls_archive_statusdir() WHERE name ~ '^[0-9A-F]{24}[.]done$'),
                    a.last_archived_time)
            FROM pg_stat_archiver a
            """;

    static ArchivedWal of(PostgresConnections connections, Database administered, StepToken token) {
        try (Connection connection = connections.open(administered, token);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            return new ArchivedWal(
                    row.getTimestamp(1).toInstant(),
                    row.getString(2),
                    row.getBoolean(3),
                    row.getLong(4),
                    Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant));
        } catch (SQLException failed) {
            throw PostgresFailures.using(administered, failed);
        }
    }

    /** Where archiving works, what is missing will come. */
    void requireHopeFor(Instant moment, Cluster cluster) {
        if (failing) {
            require(moment, cluster, "archive_command fails");
        }
    }

    /** @param what stands in its way */
    void require(Instant moment, Cluster cluster, String what) {
        if (!until.filter(moment::isBefore).isPresent()) {
            throw PointInTimeFailures.walNotThere(
                    cluster, moment, what + (waiting == 0 ? "" : ", and " + waiting + " segments wait"), until);
        }
    }
}
