package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.BackupPolicy.Scratch.Amcheck;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the throw-away cluster of a proof types, in this order: {@link #makeDirectory}, {@link #initialize}, {@link
 * #configure}, {@link #start}, {@link #createSuperuser}, {@link #globals}, {@link #unpack}, {@link #restore}, {@link
 * #check}, {@link #stop}, {@link #remove}. The last two are its undo as well.
 *
 * <p>Slots that the proving activity fills: {@code token} (short name of the step: a socket's path must fit in 107 bytes),
 * {@code superuser}, {@code preload}, {@code workers} and {@code home} (from the facts of the set).
 *
 * @param directory holds the cluster, its socket, its log and the opened dump; usually {@link #directoryIn}
 * @param tools directory of the PostgreSQL programs
 * @param user who runs it when the worker is root
 */
public record ScratchCommands(
        String directory, String tools, Optional<String> user, Priority priority, int jobs, Amcheck amcheck) {
    /** Everything is done as this role; the source's own superuser keeps its name, since PostgreSQL 16 checks who granted. */
    public static final String SUPERUSER = "windlass_scratch";
    /** The cluster listens on a socket in its own directory only, so any number will do. */
    public static final int PORT = 5432;
    /** Each of these is always there, and no database of the set is restored over it. */
    public static final String MAINTENANCE_DATABASE = "template1";

    private static final HostName HERE = new HostName("local");
    /** pg_ctl hands these words to a shell; nothing in them may mean anything to it. */
    private static final Pattern HARMLESS_PATH = Pattern.compile("(/[A-Za-z0-9_.+{}-]+){2,}");

    public ScratchCommands {
        if (!HARMLESS_PATH.matcher(directory).matches() || directory.contains("..")) {
            throw new IllegalArgumentException("scratch directory \"" + directory
                    + "\" must be absolute, two levels deep or more, of letters, digits and _ . + - only");
        }
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
    }

    /** The directory of one step's cluster below the configured one; a later attempt of the step finds it again. */
    public static String directoryIn(String scratch) {
        return scratch + "/{token}";
    }

    public String data() {
        return directory + "/data";
    }

    public String dump() {
        return directory + "/database.dump";
    }

    public Command makeDirectory() {
        List<String> argv = new ArrayList<>(List.of("install", "-d", "-m", "0700"));
        user.ifPresent(name -> argv.addAll(List.of("-o", name)));
        argv.addAll(List.of("--", directory));
        return command(argv, new Channel.None());
    }

    public Command initialize() {
        return asUser(
                new Channel.None(),
                tools + "/initdb",
                "--pgdata=" + data(),
                "--username={superuser}",
                // The directory is 0700 and nothing listens on the network.
                "--auth-local=trust",
                "--auth-host=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-sync");
    }

    public Command configure() {
        return write("postgresql.auto.conf", ScratchSettings.of(directory));
    }

    /** @param file in the data directory */
    public Command write(String file, String text) {
        return asUser(new Channel.Text(text), "tee", "--", data() + "/" + file);
    }

    public Command start() {
        return asUser(
                new Channel.None(),
                tools + "/pg_ctl",
                "start",
                "--wait",
                "--timeout=120",
                "--pgdata=" + data(),
                // Without a log file the server would hold on to our output and we would wait for its end.
                "--log=" + directory + "/server.log");
    }

    public Command createSuperuser() {
        return client("createuser", "{superuser}", List.of("--superuser", "--login", SUPERUSER), new Channel.None());
    }

    /** The only error allowed is that {@code superuser} exists, so this does not stop at errors: they are all read. */
    public Command globals(Channel.OpenedFile roles) {
        return client(
                "psql",
                SUPERUSER,
                List.of(
                        "--no-psqlrc",
                        "--quiet",
                        // Details would quote statements with password verifiers.
                        "--set=VERBOSITY=terse",
                        "--dbname=" + MAINTENANCE_DATABASE,
                        "--file=-"),
                roles);
    }

    /**
     * pg_restore can only work in parallel from a file it can seek in. A run also adds the offsets that pg_dump would have
     * written into a file; by hand there are none, and pg_restore is slower (docs/decisions/0010).
     */
    public Command unpack(Channel.OpenedFile sealedDump) {
        return asUser(sealedDump, "dd", "of=" + dump(), "bs=1M", "iflag=fullblock", "status=none");
    }

    /** @param database its name on its server */
    public List<Command> restore(String database) {
        List<String> making = new ArrayList<>(List.of("--create"));
        if (database.equals("postgres")) {
            making.addAll(List.of("--clean", "--if-exists")); // initdb has made an empty one
        }
        making.addAll(RestoreSections.UP_TO_ROWS);
        return List.of(
                restore(making, MAINTENANCE_DATABASE),
                restore(
                        List.of(RestoreSections.THE_REST),
                        BackupCommands.connection(directory, PORT, SUPERUSER, database)));
    }

    private Command restore(List<String> what, String connection) {
        List<String> options = new ArrayList<>(what);
        options.addAll(List.of(
                "--exit-on-error", "--no-tablespaces", "--jobs=" + jobs, "--dbname=" + connection, "--", dump()));
        return client("pg_restore", SUPERUSER, options, new Channel.None());
    }

    /** Where {@link #restore} finds it. pg_dump writes the offsets itself, for a file lets it go back. */
    public Command dumpOf(String database, String role) {
        return asUser(
                new Channel.None(),
                tools + "/pg_dump",
                "--format=custom",
                "--compress=0",
                "--no-password",
                "--file=" + dump(),
                "--dbname=" + BackupCommands.connection(directory, PORT, role, database));
    }

    /** Empty when the policy wants no pg_amcheck. It installs the extension amcheck, so it comes after the comparison. */
    public Optional<Command> check(String database) {
        List<String> options = new ArrayList<>(
                List.of("--maintenance-db=" + MAINTENANCE_DATABASE, "--install-missing", "--jobs=" + jobs));
        switch (amcheck) {
            case OFF -> {
                return Optional.empty();
            }
            case STRUCTURE -> {}
            case HEAP_ALL_INDEXED -> options.addAll(List.of("--heapallindexed", "--parent-check"));
        }
        options.addAll(List.of("--", database));
        return Optional.of(client("pg_amcheck", SUPERUSER, options, new Channel.None()));
    }

    public Command stop() {
        return asUser(
                new Channel.None(),
                tools + "/pg_ctl",
                "stop",
                "--mode=immediate",
                "--wait",
                "--timeout=60",
                "--pgdata=" + data());
    }

    public Command remove() {
        return command(List.of("rm", "-rf", "--", directory), new Channel.None());
    }

    /** @param paths in the directory, with all that is in them */
    public Command remove(String... paths) {
        List<String> argv = new ArrayList<>(List.of("rm", "-rf", "--"));
        Stream.of(paths).map(path -> directory + "/" + path).forEach(argv::add);
        return command(argv, new Channel.None());
    }

    private Command client(String program, String role, List<String> options, Channel input) {
        List<String> argv = new ArrayList<>(List.of(
                tools + "/" + program, "--host=" + directory, "--port=" + PORT, "--username=" + role, "--no-password"));
        argv.addAll(options);
        return asUser(input, argv.toArray(String[]::new));
    }

    private Command asUser(Channel input, String... argv) {
        List<String> all = new ArrayList<>(BackupCommands.lowPriority(priority));
        user.ifPresent(
                name -> all.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "--")));
        all.addAll(List.of(argv));
        return command(all, input);
    }

    private Command command(List<String> argv, Channel input) {
        return new Command(
                Access.CHANGES, HERE, argv, ScratchSettings.environment(), Sorted.of(), input, new Channel.None());
    }
}
