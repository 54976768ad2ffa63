package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
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
 */
public record StagingSync(
        String classification, DatabaseName target, Duration keepOld, int streams, Optional<Reader> reader) {
    public record Reader(String user, Optional<SecretReference> password) {}
}
