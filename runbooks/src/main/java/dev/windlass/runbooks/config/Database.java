package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;

/**
 * @param database its name on the server; the same as {@code name} unless ops.yml says otherwise
 * @param host a host name, an address, or the directory of a socket
 * @param tools the directory of pg_dump, pg_restore, initdb and the like; empty means the newest one found
 * @param smoke statements that must each return exactly one row with one column that is true, on a restored copy
 * @param stagingSync how staging gets a masked copy of it
 */
public record Database(
        DatabaseName name,
        String database,
        String environment,
        String host,
        int port,
        String user,
        Optional<SecretReference> password,
        Optional<String> tools,
        List<SmokeQuery> smoke,
        Optional<StagingSync> stagingSync) {
    public Database {
        smoke = List.copyOf(smoke);
    }

    /** One that staging gets no copy of. */
    public Database(
            DatabaseName name,
            String database,
            String environment,
            String host,
            int port,
            String user,
            Optional<SecretReference> password,
            Optional<String> tools,
            List<SmokeQuery> smoke) {
        this(name, database, environment, host, port, user, password, tools, smoke, Optional.empty());
    }

    Database withStagingSync(StagingSync sync) {
        return new Database(name, database, environment, host, port, user, password, tools, smoke, Optional.of(sync));
    }

    public record SmokeQuery(String name, String sql) {}
}
