package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.BackupPolicy.Scratch;
import java.util.Optional;

/** PostgreSQL refuses to run as root, so a worker that is root runs the throw-away clusters as another user. */
public final class ScratchUser {
    private ScratchUser() {}

    public static Optional<String> of(Scratch scratch) {
        return "root".equals(System.getProperty("user.name")) ? Optional.of(scratch.user()) : Optional.empty();
    }
}
