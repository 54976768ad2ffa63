package dev.windlass.activities.protect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.protect.PhysicalBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs pgBackRest within a time of our own, and says what its exit means. */
public final class BackRest {
    /** Of stanza.status.code in info: pgbackrest.org/command.html#command-info. */
    private static final int NO_PATH = 1;

    private static final int NO_BACKUP = 2;
    private static final int NO_DATA = 3;

    /** With another passphrase, info tells in its message what the first bytes of the file became, as they are. */
    private static final ObjectReader INFO = PayloadJson.mapper()
            .reader()
            .with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .with(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER);

    private final Shell shell;
    private final Cluster cluster;
    private final StepContext context;

    public BackRest(Shell shell, Cluster cluster, StepContext context) {
        this.shell = shell;
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * Asking an unreachable repository took pgBackRest four minutes once; it is ended after {@code limit}.
     *
     * @throws io.temporal.failure.ApplicationFailure as {@link BackRestFailures} says
     */
    public CommandResult run(Command command, Duration limit) {
        CommandResult result = ended(command, limit);
        if (!result.isSuccess()) {
            throw BackRestFailures.of(result, cluster);
        }
        return result;
    }

    /**
     * @param command restores a backup of a repository that was read a moment ago, so its passphrase fits
     * @return what is damaged in the backup, in pgBackRest's words; empty when it was restored
     * @throws io.temporal.failure.ApplicationFailure as {@link BackRestFailures} says, for any other reason
     */
    public Optional<String> restore(Command command, Duration limit) {
        CommandResult result = ended(command, limit);
        if (result.isSuccess()) {
            return Optional.empty();
        }
        return Optional.of(BackRestFailures.damage(result).orElseThrow(() -> BackRestFailures.of(result, cluster)));
    }

    private CommandResult ended(Command command, Duration limit) {
        Deadline deadline = new Deadline(context.pulse(), limit);
        try {
            return shell.run(command, new StepContext(context.token(), deadline, context.journal()));
        } catch (Deadline.PassedException passed) {
            throw BackRestFailures.tooLong(command, limit, cluster);
        }
    }

    /**
     * @param known false when the repository has no such stanza
     * @param newestWal name of the newest WAL segment of the server that a backup is of, by the backup's label; a backup
     *     without any WAL has none
     */
    public record Repository(boolean known, List<PhysicalBackup> backups, Map<String, String> newestWal) {
        public Repository {
            backups = List.copyOf(backups);
            newestWal = Map.copyOf(newestWal);
        }
    }

    /**
     * What lies in the repository, oldest first.
     *
     * @throws io.temporal.failure.ApplicationFailure as {@link BackRestFailures} says
     */
    public Repository repository(Command info, Duration limit) {
        String json = String.join("\n", run(info, limit).output());
        try {
            JsonNode stanza = INFO.readTree(json).path(0);
            int status = stanza.path("status").path("code").asInt();
            if (stanza.isMissingNode() || status == NO_PATH || status == NO_DATA) {
                return new Repository(false, List.of(), Map.of());
            }
            if (status != 0 && status != NO_BACKUP) {
                throw BackRestFailures.told(
                        stanza.path("repo")
                                .path(0)
                                .path("status")
                                .path("message")
                                .asText(),
                        cluster);
            }
            List<PhysicalBackup> backups = new ArrayList<>();
            stanza.path("backup")
                    .forEach(backup -> backups.add(new PhysicalBackup(
                            backup.path("label").asText(),
                            backup.path("type").asText(),
                            Instant.ofEpochSecond(
                                    backup.path("timestamp").path("stop").asLong()),
                            backup.path("info").path("size").asLong(),
                            backup.path("error").asBoolean())));
            return new Repository(true, backups, newestWal(stanza));
        } catch (JsonProcessingException unreadable) {
            throw ProtectFailures.failure(
                    FailureType.COMMAND_FAILED,
                    "pgbackrest info printed something that is no JSON",
                    "run it by hand and look",
                    "pgbackrest-failed",
                    null);
        }
    }

    /** A stanza outlives pg_upgrade: each server that it had has an archive of its own. */
    private static Map<String, String> newestWal(JsonNode stanza) {
        Map<Integer, String> newest = new HashMap<>();
        stanza.path("archive").forEach(archive -> {
            if (archive.path("max").isTextual()) {
                newest.put(server(archive), archive.path("max").asText());
            }
        });
        Map<String, String> byLabel = new HashMap<>();
        stanza.path("backup")
                .forEach(backup -> Optional.ofNullable(newest.get(server(backup)))
                        .ifPresent(segment -> byLabel.put(backup.path("label").asText(), segment)));
        return byLabel;
    }

    private static int server(JsonNode node) {
        return node.path("database").path("id").asInt();
    }
}
