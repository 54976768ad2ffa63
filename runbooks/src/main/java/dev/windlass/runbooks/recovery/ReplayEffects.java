package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.runbooks.protect.BackRestFile;
import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster of the lost machine from its physical backup, into the data directory that {@link ServerEffects#prepare} has
 * left empty. Slots: {@value #BACKUP}, {@value #PREPARED}, {@value #GUARD}, {@code superuser}.
 *
 * @param server of the same major version
 */
public record ReplayEffects(ServerEffects server, LostCluster lost, RecoveryBucket bucket) {
    /** Slots: label of the physical backup; and how many transactions may be prepared in a server that reads its WAL. */
    public static final String BACKUP = "backup";

    public static final String PREPARED = "prepared";

    /** Slot before pgBackRest in restore_command: empty, or {@link #endsBefore}. */
    public static final String GUARD = "guard";

    /** What the plan calls a session in it. */
    static final String CONNECTION = "cluster";

    private static final String OWNER = RecoveryPlaces.OWNER;
    private static final CronSchedule NEVER = new CronSchedule("0 3 * * *", ZoneOffset.UTC, Duration.ofHours(6));

    /** Only while WAL is replayed: nobody looks before it has come to the end. */
    private static final String REPLAYING = """
            # Written by windlass recover vps, which removes this file when all is restored.
            restore_command = '%s'
            recovery_target_timeline = 'latest'
            recovery_target_action = 'promote'
            # With hot standby it would refuse to replay with fewer sessions than the lost one.
            hot_standby = off
            """;

    /** Stays. What ALTER SYSTEM says goes before it, so windlass protect can let it archive again. */
    private static final String AFTERWARDS = """
            # Written by windlass recover vps.
            # Off until a person decides: the lost machine may come back, and would send into the same archive.
            archive_mode = off
            # As the lost server had it: transactions that were prepared then have to find a place.
            max_prepared_transactions = {%s}
            """;

    /** Its configuration lies in memory, and only the server's owner reads it: restore_command runs as that one. */
    List<Effect> repository() {
        ProtectCommands commands = commands();
        List<Effect> effects = new ArrayList<>();
        effects.add(VpsCommands.remove(directory()));
        effects.add(VpsCommands.changes("install", "-d", "-m", "0700", "-o", OWNER, "-g", OWNER, "--", directory()));
        if (bucket.authority() == Authority.PRIVATE) {
            effects.add(VpsCommands.changes(
                    "install", "-m", "0600", "-o", OWNER, "-g", OWNER, "--", RecoveryFiles.AUTHORITY, authority()));
        }
        effects.add(commands.putSecrets(configuration()));
        effects.add(VpsCommands.changes("chown", "--", OWNER + ":" + OWNER, configuration()));
        effects.add(commands.info());
        return effects;
    }

    List<Effect> replay() {
        return steps().inOrder();
    }

    private ReplayStep steps() {
        ProtectCommands commands = commands();
        String etc = server.configuration();
        return new ReplayStep(
                // 2: it does not run.
                VpsCommands.changes("pg_ctlcluster", "--force", major(), RecoveryPlaces.CLUSTER, "stop")
                        .tolerating(2),
                commands.info(),
                commands.restoreInPlace("{" + BACKUP + "}", lost.to(), tablespaces(), PlanOfRecoverVps.JOBS),
                VpsCommands.changes("mv", "-f", "--", auto(), auto() + ".lost"),
                VpsCommands.changes("install", "-m", "0600", "-o", OWNER, "-g", OWNER, "--", "/dev/null", auto()),
                VpsCommands.reads(server.tools() + "/pg_controldata", "--pgdata=" + server.data()),
                VpsCommands.write(etc + "/conf.d/windlass-recovered.conf", AFTERWARDS.formatted(PREPARED)),
                VpsCommands.write(replayingFile(), replaying()),
                start(),
                new Sql(Access.READS, CONNECTION, IS_REPLAYING),
                new Sql(Access.READS, CONNECTION, "SELECT pg_last_xact_replay_timestamp()"),
                new Sql(Access.READS, CONNECTION, END),
                stop(),
                VpsCommands.remove(replayingFile()),
                VpsCommands.changes("pg_ctlcluster", major(), RecoveryPlaces.CLUSTER, "start"));
    }

    static final String IS_REPLAYING = "SELECT pg_is_in_recovery()";

    /** Where the last record ended that was replayed, in bytes of WAL; and the bytes of a segment. */
    private static final String END = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'),"
            + " pg_size_bytes(current_setting('wal_segment_size'))";

    private Command start() {
        return VpsCommands.asOwner(
                server.tools() + "/pg_ctl",
                "start",
                "--no-wait",
                "--silent",
                "--pgdata=" + server.data(),
                "--log=" + log(),
                "--options=-c config_file=" + server.configuration() + "/postgresql.conf");
    }

    private String replayingFile() {
        return server.configuration() + "/conf.d/windlass-replay.conf";
    }

    private Command stop() {
        return VpsCommands.asOwner(
                server.tools() + "/pg_ctl",
                "stop",
                "--mode=fast",
                "--silent",
                "--wait",
                "--timeout=3600",
                "--pgdata=" + server.data());
    }

    /** Where pgBackRest's configuration and the log of the replay lie, in memory. */
    private String directory() {
        return server.places().repository();
    }

    /** What the server says while it replays. */
    public String log() {
        return directory() + "/server.log";
    }

    private String configuration() {
        return directory() + "/pgbackrest.conf";
    }

    private String authority() {
        return directory() + "/authority.pem";
    }

    private String auto() {
        return server.data() + "/postgresql.auto.conf";
    }

    private String tablespaces() {
        return server.tablespaces();
    }

    private String major() {
        return String.valueOf(server.major());
    }

    /**
     * To PostgreSQL WAL ends before the segment, which lies damaged in the bucket: what was committed before it is better than
     * last night's dumps.
     *
     * @param segment 24 hexadecimal digits
     */
    public static String endsBefore(String segment) {
        return "test %f != " + segment + " || exit 1; ";
    }

    private String replaying() {
        String text = REPLAYING.formatted(
                "{" + GUARD + "}" + commands().restoreCommand().replace("'", "''"));
        return lost.to()
                .map(moment -> text + "recovery_target_time = '" + ProtectCommands.target(moment) + "'\n"
                        + "recovery_target_inclusive = on\n")
                .orElse(text);
    }

    private ProtectCommands commands() {
        Optional<String> known = bucket.authority() == Authority.PRIVATE ? Optional.of(authority()) : Optional.empty();
        S3Store store = RecoveryOperations.store(bucket, known);
        return new ProtectCommands(cluster(), new BackRestFile(cluster(), database(), store), Optional.of(OWNER));
    }

    /** As pgBackRest wants to know it here; nothing of it is scheduled. */
    public Cluster cluster() {
        return new Cluster(
                lost.name(),
                Optional.empty(),
                lost.databases().getFirst().database(),
                Optional.empty(),
                Optional.empty(),
                server.data(),
                OWNER,
                server.places().socket(),
                lost.stanza(),
                RecoveryOperations.BUCKET,
                new SecretReference("file:" + lost.passphrase()),
                configuration(),
                Duration.ofMinutes(1),
                NEVER,
                NEVER,
                NEVER,
                1,
                new Cluster.Limits(Duration.ofHours(1), Duration.ofDays(8), Duration.ofDays(2), Duration.ofDays(35)),
                List.of(),
                new Cluster.Amcheck(Cluster.Amcheck.Depth.OFF, NEVER),
                new Cluster.Drill(NEVER, Cluster.Drill.Deploys.IGNORE));
    }

    private Database database() {
        return new Database(
                lost.databases().getFirst().database(),
                lost.databases().getFirst().called(),
                "recovery",
                server.places().socket(),
                server.places().port(),
                OWNER,
                Optional.empty(),
                Optional.of(server.tools()),
                List.of());
    }
}
