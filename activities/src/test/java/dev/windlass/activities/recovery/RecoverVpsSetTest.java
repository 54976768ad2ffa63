package dev.windlass.activities.recovery;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.RealRunbooks;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.effects.TestFiles;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.FetchedSet;
import dev.windlass.workflows.recovery.PlacedFiles;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From two real sets in a bucket to files and a database at another place, by what a target runs. */
@Tag("integration")
@Timeout(180)
class RecoverVpsSetTest {
    private static final ArchiveName UPLOADS = new ArchiveName("uploads");
    private static final RecoverVpsRequest REQUEST = VpsClaimsTest.request("ana", Claiming.IF_FREE);

    private static RealRunbooks lost;
    private static PostgresForTests machine;
    private static Manifest before;
    private static Manifest newest;
    private static Path directory;
    private static ObjectStore bucket;
    private static Secrets secrets;
    private final RecordedEffects effects = new RecordedEffects();

    @BeforeAll
    static void loseAMachine() throws IOException {
        lost = new RealRunbooks();
        machine = PostgresForTests.start();
        sql(
                lost.database,
                "CREATE ROLE shop_owner LOGIN PASSWORD 'x'",
                "ALTER DATABASE " + lost.database.database() + " OWNER TO shop_owner",
                "ALTER DATABASE " + lost.database.database() + " SET work_mem = '5MB'",
                "CREATE SCHEMA app AUTHORIZATION shop_owner",
                "CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL UNIQUE)",
                "CREATE TABLE app.orders (id int PRIMARY KEY, user_id int NOT NULL REFERENCES app.users)",
                "INSERT INTO app.users (name) SELECT 'Jürgen ' || i FROM generate_series(1, 100) i",
                "INSERT INTO app.orders SELECT i, 1 + i % 100 FROM generate_series(1, 500) i",
                "ALTER TABLE app.users OWNER TO shop_owner");
        before = backup("first");
        sql(lost.database, "INSERT INTO app.orders SELECT i, 1 + i % 100 FROM generate_series(501, 700) i");
        newest = backup("second");
        directory = Files.createTempDirectory("windlass-vps");
        bucket = StoresForTests.directory(lost.directory().resolve("offsite"));
        String identity =
                Files.readString(lost.directory().resolve("laptop/identities/20000101T000000Z-00000000.agekey"));
        secrets = reference -> {
            assertThat(reference).isEqualTo(RecoveryFiles.identity());
            return identity;
        };
    }

    @AfterAll
    static void close() {
        lost.close();
        machine.close();
        TestFiles.delete(directory);
    }

    private static Manifest backup(String run) {
        return lost.start(BackupWorkflow.class, run)
                .run(new BackupRequest(List.of(), "test"))
                .manifest();
    }

    private static RecoveryPlaces places(String name) throws IOException {
        return places(name, directory.resolve(name).resolve("backups").toString());
    }

    private static RecoveryPlaces places(String name, String backups) throws IOException {
        Path place = Files.createDirectories(directory.resolve(name));
        return new RecoveryPlaces(
                backups,
                Files.createDirectories(place.resolve("work")).toString(),
                place.resolve("etc").toString(),
                place.resolve("clusters").toString(),
                socket(),
                5432,
                RecoveryFiles.identity(),
                place.resolve("repository").toString());
    }

    private static String socket() {
        return machine.createDatabase().host();
    }

    private BackupParts parts(RecoveryPlaces places) {
        AgeSealedFiles sealedFiles = new AgeSealedFiles(secrets);
        return new BackupParts(
                RecoveryOperations.of(REQUEST.bucket(), places),
                new CommandShell(Launchers.detect(), secrets, sealedFiles),
                sealedFiles,
                name -> bucket,
                new SetIdentities(Path.of(places.work())),
                PostgresForTests.CONNECTIONS,
                effects,
                Clock.systemUTC());
    }

    private StepContext context(Step step) {
        return new StepContext(
                new StepToken("recover-vps", "run-" + ProcessHandle.current().pid(), step.id()),
                progress -> {},
                effects);
    }

    private static Plan plan(RecoveryPlaces places, Manifest manifest) {
        return new PlanOfRecoverVps(places, manifest).plan(REQUEST).plan();
    }

    private FetchedSet fetch(RecoveryPlaces places, Manifest manifest) {
        Step step = plan(places, manifest).step(RecoverVpsSteps.FETCH);
        return new SetFetching(name -> bucket, manifest, context(step)).fetch(step);
    }

    private VpsSets sets(Secrets opening) {
        Step any = plan(RecoveryPlaces.standard(), newest).step(RecoverVpsSteps.FETCH);
        return new VpsSets(name -> bucket, new AgeSealedFiles(opening), context(any));
    }

    @Test
    void theNewestProvenSetComesFirst() {
        assertThat(sets(secrets).look(REQUEST).sets()).containsExactly(newest.set(), before.set());
        assertThat(sets(secrets)
                        .plan(REQUEST, newest.set(), DatabasesFrom.CLUSTER_FIRST)
                        .manifest())
                .isEqualTo(newest);
    }

    @Test
    void anotherIdentityIsToldFromADamagedSet() throws IOException {
        SetIdentities others = new SetIdentities(directory.resolve("others"));
        SetId any = new SetId("20000101T000000Z-00000001");
        others.ensure(any);
        String identity = Files.readString(Path.of(others.reference(any).file().orElseThrow()));

        assertThatThrownBy(() -> sets(reference -> identity).plan(REQUEST, newest.set(), DatabasesFrom.SET))
                .hasMessageContaining("the age identity of the credential does not open set " + newest.set()
                        + ", which is for " + String.join(", ", newest.recipients()));
    }

    @Test
    void oneChangedByteIsFoundAndTheSetBeforeIsWhole() throws IOException {
        RecoveryPlaces places = places("damaged");
        String key = newest.artefact(Artefact.Kind.DUMP, lost.database.name()).key();
        Path file = lost.directory().resolve("offsite").resolve(key);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(file, bad);
        try {
            assertThatThrownBy(() -> fetch(places, newest))
                    .hasMessageContaining("set " + newest.set() + " is damaged: " + key + " is not what");
            assertThat(Path.of(places.backups(), key)).doesNotExist();
            FetchedSet whole = fetch(places, before);
            assertThat(whole.files()).isEqualTo(before.artefacts().size() + 1);
            assertThat(whole.found()).isZero();
        } finally {
            Files.write(file, good);
        }
        fetch(places, newest);
        assertThat(fetch(places, newest).found()).isEqualTo(newest.artefacts().size());
    }

    @Test
    void aDatabaseComesBackUnderItsNameWithOwnerAndSettings() throws IOException {
        RecoveryPlaces places = places("server");
        fetch(places, newest);
        Plan plan = plan(places, newest);
        Step roles = plan.step(RecoverVpsSteps.roles(lost.database.name()));
        Step step = plan.step(RecoverVpsSteps.database(lost.database.name()));

        assertThatThrownBy(() -> server(places, roles).restoreRoles(roles))
                .hasMessageContaining("the server of this machine is not the recovery's own");

        Files.createFile(Path.of(places.mark()));
        assertThat(server(places, roles).restoreRoles(roles)).isEmpty();
        assertThat(server(places, roles).restoreRoles(roles)).isEmpty();
        DatabaseProof first = server(places, step).restoreDatabase(step, lost.database.name());
        DatabaseProof again = server(places, step).restoreDatabase(step, lost.database.name());

        assertThat(first.differences()).isEmpty();
        assertThat(again.differences()).isEmpty();
        assertThat(again.rows()).isEqualTo(800);
        assertThat(equality(plan).differences(effects.all())).isEmpty();
        assertThat(Path.of(places.opened(lost.database.name()))).doesNotExist();
        Files.writeString(Path.of(places.names(), lost.database.database()), "another");
        assertThatThrownBy(() -> server(places, step).restoreDatabase(step, lost.database.name()))
                .hasMessageContaining("databases another and " + lost.database.name() + " of the set are both called ");
        Database restored = GrowingDatabase.named(machine.createDatabase(), lost.database.database());
        assertThat(value(restored, "SELECT count(*) FROM app.orders")).isEqualTo("700");
        assertThat(value(
                        restored, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("shop_owner");
        assertThat(value(restored, "SHOW work_mem")).isEqualTo("5MB");
    }

    private static PlanEquality equality(Plan plan) {
        return new PlanEquality(plan, Set.of());
    }

    private ServerRestore server(RecoveryPlaces places, Step step) {
        return new ServerRestore(parts(places), places, newest, context(step), LocaleNames.ofThisMachine());
    }

    @Test
    void filesGetTheirPlacesAndWhatLayThereIsKept() throws IOException {
        RecoveryPlaces places = places("files");
        fetch(places, newest);
        Step step = plan(places, newest).step(RecoverVpsSteps.files(UPLOADS));
        Path uploads = lost.directory().resolve("uploads");
        Files.writeString(uploads.resolve("added"), "after the backup");

        PlacedFiles placed = place(places, step);

        assertThat(placed.comparison().differences()).isEmpty();
        assertThat(placed.comparison().entries()).isGreaterThan(8);
        assertThat(placed.notes())
                .containsExactly(uploads + " was there already and differed: it is " + uploads + ".~1~ now");
        assertThat(uploads.resolve("added")).doesNotExist();
        assertThat(lost.directory().resolve("uploads.~1~/added")).hasContent("after the backup");
        assertThat(uploads.resolve("secret")).hasContent("only its owner reads it");

        assertThat(equality(plan(places, newest)).differences(effects.all())).isEmpty();

        // The answer was lost: the next attempt finds all at its place.
        assertThat(place(places, step)).isEqualTo(new PlacedFiles(placed.comparison(), List.of()));
        // Another run on what this one has left: what is the same is not kept twice.
        assertThat(place(places("files-again", places.backups()), step(places)).notes())
                .isEmpty();
        try (Stream<Path> names = Files.list(lost.directory())) {
            assertThat(names.filter(name -> name.getFileName().toString().startsWith("uploads")))
                    .hasSize(2);
        }
    }

    private static Step step(RecoveryPlaces places) throws IOException {
        return plan(places("files-again", places.backups()), newest).step(RecoverVpsSteps.files(UPLOADS));
    }

    private PlacedFiles place(RecoveryPlaces places, Step step) {
        return new FilePlacing(parts(places), places, newest, newest.archive(UPLOADS), context(step)).place(step);
    }
}
