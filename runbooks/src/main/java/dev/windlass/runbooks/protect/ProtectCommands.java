package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.protect.BackupKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What protecting a cluster types.
 *
 * @param runAs the cluster's owner where the worker is root; empty when the worker is the owner
 */
public record ProtectCommands(Cluster cluster, BackRestFile file, Optional<String> runAs) {
    public static final String ARCHIVE_MODE = "archive_mode";
    public static final String ARCHIVE_COMMAND = "archive_command";
    public static final String ARCHIVE_TIMEOUT = "archive_timeout";

    /**
     * Archives nothing and says that it did. Without any command a server whose archive_mode is on keeps all WAL until the
     * disk is full: postgresql.org/docs/current/runtime-config-wal.html#GUC-ARCHIVE-COMMAND.
     */
    public static final String NOBODY = "/bin/true";

    /** A name beside the configuration file that no other run uses; the slot is the run's. */
    public static final String BEFORE = ".before-{run}";

    /** A repository that does not answer is asked for four files in turn, each for as long as this. */
    private static final String SOON = "--io-timeout=5";

    private static final HostName HERE = new HostName("local");

    /** Lines whose value is {@code $NAME} get the variable NAME: no secret stands in the program or its arguments. */
    private static final String PUT_SECRETS = "{ at = index($0, \"=$\"); name = substr($0, at + 2);"
            + " if (at > 0 && name in ENVIRON) print substr($0, 1, at) ENVIRON[name]; else print }";

    /** Whole or not at all: written beside, given to the owner, renamed. */
    List<Effect> writeFile(ClusterObservation.File found) {
        String path = cluster.configuration();
        String directory =
                Objects.requireNonNull(java.nio.file.Path.of(path).getParent()).toString();
        List<Effect> effects = new ArrayList<>();
        effects.add(plain("install", "-d", "-m", "0755", "--", directory));
        if (found == ClusterObservation.File.DIFFERENT) {
            // Never over an earlier attempt's: that one is what was there before.
            effects.add(plain("cp", "--no-clobber", "--preserve=all", "--", path, path + BEFORE));
        }
        effects.add(putSecrets(path + ".next"));
        effects.add(plain("chown", "--", cluster.owner() + ":", path + ".next"));
        effects.add(plain("chmod", "0640", "--", path + ".next"));
        effects.add(plain("mv", "-f", "--", path + ".next", path));
        return effects;
    }

    /** Writes the configuration with its secrets; whoever runs it is the only one who may read it then. */
    public Command putSecrets(String into) {
        return new Command(
                Access.CHANGES,
                HERE,
                List.of("awk", PUT_SECRETS),
                Sorted.of(),
                file.secrets(),
                new Channel.Text(file.text()),
                new Channel.PlainFile(into));
    }

    /** One that was not there goes; one that was comes back. */
    List<Effect> takeFileBack(ClusterObservation.File found) {
        String path = cluster.configuration();
        return switch (found) {
            case ABSENT, RIGHT -> List.of(plain("rm", "-f", "--", path, path + ".next"));
            case DIFFERENT ->
                List.of(plain("mv", "-f", "--", path + BEFORE, path), plain("rm", "-f", "--", path + ".next"));
        };
    }

    Effect forgetEarlierFile() {
        return plain("rm", "-f", "--", cluster.configuration() + BEFORE);
    }

    Command createStanza() {
        return backRest(Access.CHANGES, SOON, "stanza-create");
    }

    Command check() {
        return backRest(Access.CHANGES, SOON, "check");
    }

    Command backUp(BackupKind kind) {
        return backRest(Access.CHANGES, "--type=" + kind.type(), "backup");
    }

    Command expire() {
        return backRest(Access.CHANGES, "expire");
    }

    public Command info() {
        return backRest(Access.READS, SOON, "--output=json", "info");
    }

    public Command version() {
        return asOwner(Access.READS, List.of("pgbackrest", "version"));
    }

    /**
     * The whole cluster as it was, into a directory of the owner's beside the live one. Nothing of it archives, and nothing
     * lies where tablespaces of the live one do.
     *
     * @param backup label of what WAL is replayed onto
     */
    public Command restoreBeside(String directory, String backup, Instant moment, int jobs) {
        return backRest(
                Access.CHANGES,
                dataIn(directory),
                "--tablespace-map-all=" + directory + "/tablespaces",
                "--set=" + backup,
                "--type=time",
                "--target=" + target(moment),
                "--target-action=promote",
                "--archive-mode=off",
                "--process-max=" + jobs,
                "restore");
    }

    /**
     * The whole cluster into its own data directory. What an earlier attempt has brought there is compared, and not fetched
     * again; the rest of what lies there goes.
     *
     * @param backup label of what WAL is replayed onto
     * @param to empty means all WAL that there is
     * @param tablespaces the directory that they come into, wherever they were
     */
    public Command restoreInPlace(String backup, Optional<Instant> to, String tablespaces, int jobs) {
        List<String> words = new ArrayList<>(
                List.of("--delta", "--tablespace-map-all=" + tablespaces, "--set=" + backup, "--archive-mode=off"));
        to.ifPresentOrElse(
                moment -> words.addAll(List.of("--type=time", "--target=" + target(moment), "--target-action=promote")),
                () -> words.add("--type=default"));
        words.addAll(List.of("--process-max=" + jobs, "restore"));
        return backRest(Access.CHANGES, words.toArray(String[]::new));
    }

    /** The restore_command of a cluster in its own data directory. */
    public String restoreCommand() {
        return get("");
    }

    /** The restore_command of a cluster restored beside. */
    public String restoreCommand(String directory) {
        return get(" " + dataIn(directory));
    }

    /**
     * To PostgreSQL every code up to 125 says that WAL ends here, and it lets people in; above that it gives up:
     * postgresql.org/docs/current/runtime-config-wal.html#GUC-RESTORE-COMMAND. pgBackRest ends with 1 where the archive has
     * no such file, and with 25 to 125 where it cannot tell: a bucket that does not answer must not end a replay.
     */
    private String get(String more) {
        return "pgbackrest --config=" + cluster.configuration() + " --stanza=" + cluster.stanza() + more
                + " archive-get %f \"%p\" || case $? in 1) exit 1 ;; *) exit 255 ;; esac";
    }

    private static String dataIn(String directory) {
        return "--pg1-path=" + directory + "/data";
    }

    /** As PostgreSQL reads it, and pgBackRest too. */
    public static String target(Instant moment) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    Command restart() {
        return command(Access.CHANGES, cluster.restart());
    }

    /** What a person types where Windlass may not. */
    String restartByHand(String tools) {
        List<String> words = cluster.restart().isEmpty()
                ? asOwner(Access.CHANGES, List.of(tools + "/pg_ctl", "restart", "-w", "-D", cluster.dataDirectory()))
                        .argv()
                : cluster.restart();
        return String.join(" ", words);
    }

    public String archiveCommand() {
        return "pgbackrest --config=" + cluster.configuration() + " --stanza=" + cluster.stanza() + " archive-push %p";
    }

    /** In force after {@link #reload}, archive_mode after a restart. */
    List<Effect> set() {
        return List.of(
                alter("SET " + ARCHIVE_COMMAND + " = " + literal(archiveCommand())),
                alter("SET " + ARCHIVE_TIMEOUT + " = '"
                        + cluster.archiveTimeout().toSeconds() + "s'"),
                alter("SET " + ARCHIVE_MODE + " = 'on'"),
                reload());
    }

    /**
     * @param before as it stood in postgresql.auto.conf
     * @param restarted archive_mode may be on in the running server by then, and stays so until its next restart
     */
    List<Effect> putBack(SortedMap<String, String> before, boolean restarted) {
        SortedMap<String, String> values = new TreeMap<>(before);
        if (restarted) {
            values.putIfAbsent(ARCHIVE_COMMAND, NOBODY);
        }
        List<Effect> effects = new ArrayList<>();
        for (String name : List.of(ARCHIVE_COMMAND, ARCHIVE_TIMEOUT, ARCHIVE_MODE)) {
            String value = values.get(name);
            effects.add(alter(value == null ? "RESET " + name : "SET " + name + " = " + literal(value)));
        }
        effects.add(reload());
        return effects;
    }

    private Effect reload() {
        return new Sql(Access.CHANGES, connection(), "SELECT pg_reload_conf()");
    }

    private Effect alter(String words) {
        return new Sql(Access.CHANGES, connection(), "ALTER SYSTEM " + words);
    }

    private String connection() {
        return cluster.database().value();
    }

    /** ALTER SYSTEM takes no parameters; standard_conforming_strings is on, so a quote is all there is to double. */
    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private Command backRest(Access access, String... words) {
        List<String> argv = new ArrayList<>(
                List.of("pgbackrest", "--config=" + cluster.configuration(), "--stanza=" + cluster.stanza()));
        argv.addAll(List.of(words));
        return asOwner(access, argv);
    }

    private Command asOwner(Access access, List<String> words) {
        List<String> argv = new ArrayList<>();
        runAs.ifPresent(
                name -> argv.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "--")));
        argv.addAll(words);
        return command(access, argv);
    }

    private static Command plain(String... argv) {
        return command(Access.CHANGES, List.of(argv));
    }

    private static Command command(Access access, List<String> argv) {
        SortedMap<String, SecretReference> noSecrets = Sorted.of();
        return new Command(access, HERE, argv, Sorted.of(), noSecrets, new Channel.None(), new Channel.None());
    }
}
