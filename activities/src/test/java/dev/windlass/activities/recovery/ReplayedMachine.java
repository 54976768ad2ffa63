package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.effects.TestFiles;
import dev.windlass.activities.protect.RealProtection;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.ServerEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.RecoveryBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine of its own below a directory: PostgreSQL and pgBackRest are real, only Debian's pg_ctlcluster is played, since it
 * knows no other places.
 */
final class ReplayedMachine implements Shell, AutoCloseable {
    static final String PASSPHRASE_FILE = "/etc/windlass/passphrase";

    /** As SIGKILL does it: nothing that would tidy up runs. */
    static final class Killed extends Error {}

    final RecordedEffects effects = new RecordedEffects();
    final RecoveryPlaces places;
    final ServerEffects server;
    private final Path directory = Files.createTempDirectory("windlass-replayed");
    private final RecoveryBucket bucket;
    private final String authority;
    private final Shell real;
    String passphrase = RealProtection.PASSPHRASE;
    private Optional<Command> killedAfter = Optional.empty();

    ReplayedMachine(RecoveryBucket bucket, String authority, int major) throws IOException {
        this.bucket = bucket;
        this.authority = authority;
        this.real = new CommandShell(Launchers.detect(), secrets(), new AgeSealedFiles(secrets()));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path socket = own(directory.resolve("socket"));
        this.places = new RecoveryPlaces(
                directory + "/backups",
                Files.createDirectory(directory.resolve("work")).toString(),
                directory + "/etc",
                directory + "/clusters",
                socket.toString(),
                5432,
                RecoveryFiles.identity(),
                directory + "/repository");
        this.server = new ServerEffects(places, major);
        configure();
        empty();
    }

    private Secrets secrets() {
        return reference -> {
            if (reference.equals(RecoveryFiles.accessKey())) {
                return "windlass-testbed";
            }
            return reference.equals(new SecretReference("file:" + PASSPHRASE_FILE))
                    ? passphrase
                    : RealProtection.SECRET;
        };
    }

    private void configure() throws IOException {
        Path etc = Files.createDirectories(Path.of(server.configuration()));
        Files.createDirectory(etc.resolve("conf.d"));
        Files.writeString(etc.resolve("pg_hba.conf"), "local all all trust\n");
        Files.writeString(
                etc.resolve("postgresql.conf"),
                String.join(
                        "\n",
                        "data_directory = '" + server.data() + "'",
                        "hba_file = '" + etc + "/pg_hba.conf'",
                        "unix_socket_directories = '" + places.socket() + "'",
                        "listen_addresses = ''",
                        "shared_buffers = 32MB",
                        "include_dir = 'conf.d'",
                        ""));
    }

    /** No cluster, and nobody has heard of one. */
    void empty() throws IOException {
        ScratchProcesses.endAll(Path.of(server.data()));
        for (String each : List.of(server.data(), server.data() + "-tablespaces")) {
            if (Files.exists(Path.of(each))) {
                TestFiles.delete(Path.of(each));
            }
            own(Path.of(each));
        }
        Files.deleteIfExists(Path.of(places.replayed()));
    }

    private Path own(Path made) throws IOException {
        Files.createDirectories(made);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
        Files.setOwner(
                made, made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        return made;
    }

    BackupParts parts() {
        return new BackupParts(
                RecoveryOperations.of(bucket, places),
                this,
                new AgeSealedFiles(secrets()),
                name -> {
                    throw new AssertionError("only pgBackRest goes to the bucket");
                },
                new SetIdentities(Path.of(places.work())),
                PostgresForTests.CONNECTIONS,
                effects,
                Clock.systemUTC());
    }

    StepContext context(Step step) {
        return new StepContext(
                new StepToken("replayed", "run-" + ProcessHandle.current().pid(), step.id()), progress -> {}, effects);
    }

    /** The worker, as soon as this is done. */
    void killAfter(Command command) {
        killedAfter = Optional.of(command);
    }

    @Override
    public CommandResult run(Command command, StepContext context, InputWatch watch) {
        context.begun(command);
        CommandResult result =
                played(command, new StepContext(context.token(), context.pulse(), EffectJournal.none()), watch);
        if (killedAfter.filter(command::equals).isPresent()) {
            killedAfter = Optional.empty();
            throw new Killed();
        }
        return result;
    }

    private CommandResult played(Command command, StepContext context, InputWatch watch) {
        if (!command.program().equals("pg_ctlcluster")) {
            return real.run(with(command, command.argv()), context, watch);
        }
        boolean isStart = command.argv().getLast().equals("start");
        boolean runs = ScratchProcesses.isRunning(Path.of(server.data()));
        if (runs == isStart) {
            removeStalePid(runs);
            return new CommandResult("pg_ctlcluster", 2, List.of(), List.of("it is so already"), Optional.empty());
        }
        return real.run(with(command, isStart ? start() : ctl("stop", "--mode=fast")), context, watch);
    }

    /** As pg_ctlcluster does where no process belongs to it. */
    private void removeStalePid(boolean runs) {
        try {
            if (!runs) {
                Files.deleteIfExists(Path.of(server.data(), "postmaster.pid"));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As systemd does it: with an environment of its own, so it is no process of the step. */
    private List<String> start() {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        words.addAll(ctl(
                "start",
                "--log=" + places.socket() + "/service.log",
                "--options=-c config_file=" + server.configuration() + "/postgresql.conf"));
        return words;
    }

    private List<String> ctl(String... words) {
        return Stream.concat(
                        Stream.of(
                                "setpriv",
                                "--reuid=postgres",
                                "--regid=postgres",
                                "--init-groups",
                                "--",
                                server.tools() + "/pg_ctl",
                                "--wait",
                                "--pgdata=" + server.data()),
                        Stream.of(words))
                .toList();
    }

    private Command with(Command command, List<String> argv) {
        List<String> words = new ArrayList<>(argv);
        words.replaceAll(word -> word.equals(RecoveryFiles.AUTHORITY) ? authority : word);
        return new Command(
                command.access(),
                command.host(),
                words,
                command.environment(),
                command.secrets(),
                command.input(),
                command.output());
    }

    @Override
    public int fence(StepContext context) {
        return real.fence(context);
    }

    @Override
    public void close() throws IOException {
        TestFiles.delete(directory);
    }
}
