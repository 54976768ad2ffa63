package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.backup.RestoreSections;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The PostgreSQL server of a machine that is recovered. Until the end only root reaches it, through its socket, so databases
 * come back under their own names, and what an attempt has left is dropped without a question.
 *
 * @param major of PostgreSQL, as the set has it
 */
public record ServerEffects(RecoveryPlaces places, int major) {
    /** Always there, and no database of a set is restored over it. */
    public static final String MAINTENANCE = "template1";

    /** Slots: the name of the lost server's first superuser, and the database's own name on it. */
    public static final String SUPERUSER = "superuser";

    public static final String DATABASE = "database";

    /** Lines of /etc/locale.gen. */
    public static final String LOCALES = "locales";

    private static final String CLUSTER = RecoveryPlaces.CLUSTER;

    /** Of the server that grows: faster, and nothing that a crash would spoil. */
    private static final String SETTINGS = """
            # Written by windlass recover vps, which removes this file when all is restored.
            listen_addresses = ''
            unix_socket_permissions = 0700
            hba_file = '%1$s/windlass-recovery.hba'
            ident_file = '%1$s/windlass-recovery.ident'
            autovacuum = off
            checkpoint_timeout = '30min'
            max_wal_size = '4GB'
            maintenance_work_mem = '256MB'
            synchronous_commit = off
            max_locks_per_transaction = 1024
            """;

    /** An index over text is wrong where the system sorts otherwise than the lost one. */
    public static final String COLLATIONS = """
            SELECT 'its own' FROM pg_database WHERE datname = current_database()
                AND datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)
            UNION ALL SELECT collname FROM pg_collation
                WHERE collversion IS DISTINCT FROM pg_collation_actual_version(oid) AND collversion IS NOT NULL
            """;

    private static final SortedMap<String, String> CLIENT = Sorted.copyOf(Map.of(
            "LC_ALL", "C",
            "PGAPPNAME", "{token}",
            // A database that is read-only by its own settings must be restorable all the same.
            "PGOPTIONS", "-c default_transaction_read_only=off -c client_min_messages=error"));

    public String tools() {
        return "/usr/lib/postgresql/" + major + "/bin";
    }

    /** The configuration directory of the server. */
    public String configuration() {
        return places.configuration(major);
    }

    List<Effect> make() {
        List<Effect> effects = new ArrayList<>(create());
        effects.add(VpsCommands.changes("pg_ctlcluster", String.valueOf(major), CLUSTER, "start"));
        return effects;
    }

    /** With no files of its own: those of the lost one come there. */
    List<Effect> prepare() {
        List<Effect> effects = new ArrayList<>(create());
        effects.add(VpsCommands.remove(data(), tablespaces()));
        effects.add(VpsCommands.changes(
                "install",
                "-d",
                "-m",
                "0700",
                "-o",
                RecoveryPlaces.OWNER,
                "-g",
                RecoveryPlaces.OWNER,
                "--",
                data(),
                tablespaces()));
        return effects;
    }

    private List<Effect> create() {
        String etc = configuration();
        return List.of(
                VpsCommands.remove(places.names(), places.replayed()),
                VpsCommands.fed(new Channel.Text("{" + LOCALES + "}"), "tee", "--append", "--", "/etc/locale.gen"),
                VpsCommands.changes("locale-gen"),
                VpsCommands.changes(
                        "pg_createcluster",
                        "--port=" + places.port(),
                        "--locale=C.UTF-8",
                        "--encoding=UTF8",
                        String.valueOf(major),
                        CLUSTER,
                        "--",
                        "--username={" + SUPERUSER + "}",
                        "--data-checksums"),
                VpsCommands.write(etc + "/windlass-recovery.hba", "local all all peer map=recovery\n"),
                VpsCommands.write(etc + "/windlass-recovery.ident", "recovery root \"{" + SUPERUSER + "}\"\n"),
                VpsCommands.write(etc + "/conf.d/windlass-recovery.conf", SETTINGS.formatted(etc)));
    }

    /** Only where the mark says that it is the recovery's own. The second is for what a broken attempt has left half made. */
    List<Effect> drop() {
        return List.of(
                VpsCommands.changes("pg_dropcluster", "--stop", String.valueOf(major), CLUSTER),
                VpsCommands.remove(configuration(), data(), tablespaces()));
    }

    public String data() {
        return places.data(major);
    }

    /** Where pgBackRest brings those of the lost server, wherever they were. */
    String tablespaces() {
        return data() + "-tablespaces";
    }

    /** Of a cluster that was replayed: it is newer than the set. */
    List<Effect> read(DatabaseName database) {
        return List.of(
                new Sql(Access.READS, database.value(), BackupCommands.FACTS_OF_TABLES),
                new Sql(Access.READS, database.value(), COLLATIONS));
    }

    List<Effect> roles(Manifest manifest, DatabaseName database) {
        return List.of(client(
                "psql",
                opened(manifest, Artefact.Kind.GLOBALS, database),
                List.of(
                        "--no-psqlrc",
                        "--quiet",
                        // Details would quote statements with password verifiers.
                        "--set=VERBOSITY=terse",
                        dbname(MAINTENANCE),
                        "--file=-")));
    }

    List<Effect> database(Manifest manifest, DatabaseName database) {
        String directory = places.opened(database);
        String dump = directory + "/database.dump";
        List<Effect> effects = new ArrayList<>();
        effects.add(VpsCommands.remove(directory));
        effects.add(VpsCommands.makeDirectory(directory));
        effects.add(VpsCommands.fed(
                opened(manifest, Artefact.Kind.DUMP, database),
                "dd",
                "of=" + dump,
                "bs=1M",
                "iflag=fullblock",
                "status=none"));
        effects.add(VpsCommands.reads(tools() + "/pg_restore", "--list", "--", dump));
        effects.add(client(
                "psql",
                new Channel.None(),
                List.of(
                        "--no-psqlrc",
                        "--quiet",
                        dbname(MAINTENANCE),
                        "--command=DROP DATABASE IF EXISTS \"{" + DATABASE + "}\" WITH (FORCE)")));
        List<String> making = new ArrayList<>(List.of("--create"));
        making.addAll(RestoreSections.UP_TO_ROWS);
        effects.add(restore(making, MAINTENANCE, dump));
        effects.add(restore(List.of(RestoreSections.THE_REST), "{" + DATABASE + "}", dump));
        effects.add(client(
                "vacuumdb",
                new Channel.None(),
                List.of("--analyze-only", "--quiet", "--jobs=" + PlanOfRecoverVps.JOBS, dbname("{" + DATABASE + "}"))));
        effects.add(new Sql(Access.READS, database.value(), BackupCommands.FACTS_OF_TABLES));
        effects.add(VpsCommands.remove(directory));
        return effects;
    }

    /** For a person, who says it again until it accepts connections. */
    Command isOpen() {
        return VpsCommands.reads(tools() + "/pg_isready", "--host=" + places.socket(), "--port=" + places.port());
    }

    /** By psql, of the database of that name on the server. */
    Command ask(String database, String statements) {
        return client(
                "psql", new Channel.Text(statements), List.of("--no-psqlrc", "--quiet", dbname(database), "--file=-"));
    }

    List<Effect> open() {
        String etc = configuration();
        return List.of(
                VpsCommands.remove(
                        etc + "/conf.d/windlass-recovery.conf",
                        etc + "/windlass-recovery.hba",
                        etc + "/windlass-recovery.ident"),
                VpsCommands.changes("pg_ctlcluster", String.valueOf(major), CLUSTER, "restart"));
    }

    private Command restore(List<String> sections, String into, String dump) {
        List<String> options = new ArrayList<>(List.of("--exit-on-error", "--no-tablespaces"));
        options.addAll(sections);
        options.addAll(List.of("--jobs=" + PlanOfRecoverVps.JOBS, dbname(into), "--", dump));
        return client("pg_restore", new Channel.None(), options);
    }

    private Command client(String program, Channel input, List<String> options) {
        List<String> argv = new ArrayList<>(List.of(tools() + "/" + program));
        argv.addAll(options);
        return VpsCommands.fed(input, CLIENT, argv);
    }

    private String dbname(String name) {
        return "--dbname=host='" + places.socket() + "' port=" + places.port() + " user='{" + SUPERUSER + "}' dbname='"
                + name + "'";
    }

    private Channel opened(Manifest manifest, Artefact.Kind kind, DatabaseName database) {
        return new Channel.OpenedFile(
                places.backups() + "/" + manifest.artefact(kind, database).key(), places.identity());
    }
}
