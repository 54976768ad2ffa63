package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.stagingsync.SourceChoice;
import java.time.Duration;
import java.util.Optional;

/**
 * How staging gets a masked copy of a database.
 *
 * @param classification the file that says of every column what becomes of it; absolute path
 * @param target the database that is replaced
 * @param keepOld how long the replaced one can still be had back
 * @param streams tables that are copied at the same time
 * @param reader the role that reads the masked views of production; without it, masks stand in the statements alone
 * @param redis what staging caches in; emptied right after the swap
 * @param source what a copy is made of, unless a run says otherwise
 * @param maxAge of the snapshot in a backup that is a source
 * @param limits where production is the source
 * @param app what is asked whether it works after the swap; staging is put back when it does not
 */
public record StagingSync(
        String classification,
        DatabaseName target,
        Duration keepOld,
        int streams,
        Optional<Reader> reader,
        Optional<StagingRedis> redis,
        Optional<App> app,
        SourceChoice source,
        Duration maxAge,
        ReadingLimits limits) {
    /** @param address without / at the end; the paths of {@code health} stand behind it */
    public record App(String address, Target.Health health) {}

    public record Reader(String user, Optional<SecretReference> password) {}
}
