package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.LostCluster.LostDatabase;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a set's databases can be had from a physical backup: an archive that tar has made, and a bucket. */
class ClusterOfSetTest {
    private static final Instant SNAPSHOT = Instant.parse("2026-11-29T03:00:00Z");
    private static final Instant ARCHIVED = Instant.parse("2026-11-29T14:03:20Z");
    private static final String OPS = """
            version: 1
            team: Test
            databases:
              shop: {database: shop_production, host: 127.0.0.1, port: 5433, user: postgres}
              cluster: {database: postgres, host: /run/postgresql, port: 5433, user: postgres}
            stores:
              offsite:
                kind: r2
                endpoint: https://lost.example.com
                bucket: backups
                access_key_id: env:R2_KEY
                secret_access_key: env:R2_SECRET
            backup:
              directory: /var/backups/windlass
              recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
              scratch: {directory: /var/lib/scratch}
            clusters:
              main:
                database: cluster
                data_directory: /var/lib/postgresql/15/main
                stanza: lost
                store: offsite
                passphrase: file:/etc/windlass/passphrase
            """;

    @TempDir
    Path directory;

    /** In the place of the archive. */
    private Optional<String> tarred = Optional.empty();

    private Path bucket = Path.of("/");
    private Path wal = Path.of("/");

    @BeforeEach
    void fillTheBucket() throws IOException {
        bucket = Files.createDirectory(directory.resolve("bucket"));
        put("pgbackrest/backup/lost/backup.info", ARCHIVED);
        put("pgbackrest/archive/lost/archive.info", ARCHIVED.plusSeconds(9));
        put("pgbackrest/archive/lost/15-1/0000000100000000/000000010000000000000001-aa.zst", SNAPSHOT);
        wal = put("pgbackrest/archive/lost/15-1/0000000100000000/000000010000000000000002-bb.zst", ARCHIVED);
    }

    private Path put(String key, Instant at) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, key);
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private ClusterOfSet.Found find(String ops) throws Exception {
        return find(ops, "15.18");
    }

    private ClusterOfSet.Found find(String ops, String version) throws Exception {
        Manifest manifest = manifest(ops, version);
        SealedFiles clear = new SealedFiles() {
            @Override
            public Draft begin(Channel.SealedFile file) {
                throw new AssertionError("nothing is sealed here");
            }

            @Override
            public InputStream open(Channel.OpenedFile file) throws IOException {
                return Files.newInputStream(Path.of(file.path()));
            }
        };
        StepContext context = new StepContext(
                new StepToken("recover-vps", "run", StepId.of("sets")), progress -> {}, EffectJournal.none());
        ObjectStores stores = name -> StoresForTests.directory(bucket);
        return new ClusterOfSet(stores, context)
                .find(
                        VpsClaimsTest.request("ana", Claiming.IF_FREE),
                        manifest,
                        LostMachine.of(manifest, stores, clear, context).map(LostMachine::operations));
    }

    /** With a directory and a large file before what is looked for, in GNU's format with extended headers. */
    private Manifest manifest(String ops, String version) throws Exception {
        Path machine = directory.resolve("machine");
        Files.createDirectories(machine.resolve("etc/windlass"));
        Files.createDirectories(machine.resolve("srv"));
        Files.write(machine.resolve("srv/large"), new byte[3_000_001]);
        Files.writeString(machine.resolve("etc/windlass/ops.yml"), ops);
        Path tar = bucket.resolve("sets/of/windlass.tar");
        Files.createDirectories(tar.getParent());
        Process process = new ProcessBuilder(
                        "tar",
                        "--create",
                        "--acls",
                        "--xattrs",
                        "--file=" + tar,
                        "--directory=" + machine,
                        "srv",
                        "etc/windlass/ops.yml")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        if (tarred.isPresent()) {
            Files.writeString(tar, tarred.get());
        }
        byte[] content = Files.readAllBytes(tar);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return new Manifest(
                Manifest.FORMAT,
                new SetId("20261129T030000Z-1f3a09bc"),
                SNAPSHOT,
                "backup",
                new PlanDigest("v1:" + "0".repeat(64)),
                List.of(new DatabaseSummary(new DatabaseName("shop"), version, SNAPSHOT, 4, 100, 1000)),
                List.of(new ArchiveSummary(Archive.OWN, List.of("/etc/windlass/ops.yml"), SNAPSHOT, 3, 30, 0)),
                List.of(),
                List.of(new Artefact(
                        Artefact.Kind.FILES,
                        Archive.OWN.value(),
                        "sets/of/windlass.tar",
                        content.length,
                        content.length,
                        sha256)),
                List.of());
    }

    @Test
    void theClusterIsTheOneWhoseServerHeldEveryDatabase() throws Exception {
        ClusterOfSet.Found found = find(OPS);

        assertThat(found.notes()).isEmpty();
        LostCluster lost = found.cluster().orElseThrow();
        assertThat(lost.stanza()).isEqualTo("lost");
        assertThat(lost.major()).isEqualTo(15);
        assertThat(lost.passphrase()).isEqualTo("/etc/windlass/passphrase");
        assertThat(lost.databases()).containsExactly(new LostDatabase(new DatabaseName("shop"), "shop_production"));
        assertThat(lost.archived()).isEqualTo(ARCHIVED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bucket: backups       | bucket: other         | cluster main was protected in another bucket than this
                    port: 5433, user      | port: 5432, user      | not all of them were in one cluster that pgBackRest protected
                    stanza: lost          | stanza: found         | the bucket has no physical backup of stanza found
                    team: Test            | teem: Test            | its ops.yml cannot be read, which tells how the cluster was protected
                    """)
    void whereThereIsNoneItIsSaid(String words, String others, String why) throws Exception {
        int at = OPS.indexOf(words);
        String ops = OPS.substring(0, at) + others + OPS.substring(at + words.length());

        assertThat(find(ops).cluster()).isEmpty();
        assertThat(find(ops).notes()).containsExactly("the databases come from the set: " + why);
    }

    @Test
    void anotherPostgreSqlHasOtherFiles() throws Exception {
        assertThat(find(OPS, "16.2").notes())
                .containsExactly(
                        "the databases come from the set: the bucket has no WAL of PostgreSQL 16 of stanza lost");
    }

    @Test
    void walThatIsOlderThanTheSetIsLeftAlone() throws Exception {
        Files.setLastModifiedTime(wal, FileTime.from(SNAPSHOT.minusSeconds(1)));
        put("pgbackrest/archive/lost/15-1/0000000100000000/000000010000000000000001-aa.zst", SNAPSHOT.minusSeconds(60));

        assertThat(find(OPS).notes())
                .containsExactly("the databases come from the set: the newest WAL of stanza lost is of "
                        + SNAPSHOT.minusSeconds(1) + ", and the set is younger");
    }

    /** Sealed as it was: no attempt will find anything else. */
    @ParameterizedTest
    @ValueSource(strings = {"no archive at all, and longer than the first of its blocks would be", ""})
    void anArchiveThatIsNoneIsSaid(String content) throws Exception {
        tarred = Optional.of(content.repeat(20));

        assertThat(find(OPS).notes())
                .containsExactly("the databases come from the set: its ops.yml cannot be read, which tells how the"
                        + " cluster was protected");
    }

    @Test
    void whereNobodyAskedForItNobodyIsTold() throws Exception {
        ClusterOfSet.Found found = find(OPS.substring(0, OPS.indexOf("clusters:")));

        assertThat(found.cluster()).isEmpty();
        assertThat(found.notes()).isEmpty();
    }
}
