package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.Optional;

/**
 * A Redis server.
 *
 * @param host a host name, an address, or the path of a socket
 * @param port where the host is not a socket
 * @param user of its access control list; empty means its user {@code default}
 */
public record RedisServer(
        RedisName name, String host, int port, Optional<String> user, Optional<SecretReference> password) {
    public boolean isSocket() {
        return host.startsWith("/");
    }

    /** Where it listens, for people. */
    public String place() {
        return isSocket() ? host : host + ":" + port;
    }

    /** Whether ops.yml says that both are the same; one server can be reached in other ways too. */
    boolean isAt(RedisServer other) {
        return place().equals(other.place());
    }
}
