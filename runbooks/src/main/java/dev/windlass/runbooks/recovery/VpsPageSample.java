package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.deploy.DeployPageSample;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.BrokenGlass;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.TargetMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine of the other pages, lost. */
final class VpsPageSample {
    private static final String ATTEMPT = "1f3a09bc-1";

    private VpsPageSample() {}

    static Plan plan() {
        return new PlanOfRecoverVps(
                        RecoveryPlaces.standard(), manifest(), Optional.empty(), apps(), Optional.of(windlass()))
                .plan(request())
                .plan();
    }

    private static WindlassOfSet windlass() {
        return new WindlassOfSet(
                "/etc/windlass/ops.yml",
                7233,
                "default",
                List.of(
                        new SecretReference("env:R2_ACCESS_KEY_ID"),
                        new SecretReference("env:R2_SECRET_ACCESS_KEY"),
                        new SecretReference("file:/etc/windlass/pgbackrest.passphrase")));
    }

    static AppsOfSet apps() {
        ProcessLayout layout = DeployPageSample.layout();
        Release release = new Release(new Version("3f2c1ab"), "sha256:" + "c0".repeat(32));
        return new AppsOfSet(
                List.of(new AppOfSet(
                        new LostApp(layout.app(), layout.environment(), release),
                        layout,
                        ProcessObservation.Source.ARTEFACT)),
                List.of());
    }

    static LostCluster lost() {
        return new LostCluster(
                new ClusterName("main"),
                "main",
                15,
                "/etc/windlass/pgbackrest.passphrase",
                List.of(new LostCluster.LostDatabase(PageSample.SHOP, "shop_production")),
                Instant.parse("2026-11-24T14:03:20Z"),
                Optional.empty());
    }

    static List<StepId> stepsOfTheCluster() {
        return List.of(
                RecoverVpsSteps.SERVER,
                RecoverVpsSteps.REPOSITORY,
                RecoverVpsSteps.CLUSTER,
                RecoverVpsSteps.database(PageSample.SHOP));
    }

    static RecoveryBucket bucket() {
        return new RecoveryBucket(
                "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
                "auto",
                "example-backups",
                "production/",
                Authority.PUBLIC);
    }

    private static RecoverVpsRequest request() {
        return new RecoverVpsRequest(
                new TargetMachine("198.51.100.7", 22, "root"),
                bucket(),
                Optional.empty(),
                new BrokenGlass("somebody", "the provider has lost the disk"),
                Duration.ofHours(1),
                Claiming.IF_FREE);
    }

    /** As the page of backups has it, with the files of its set. */
    static Manifest manifest() {
        Manifest sample = PageSample.manifest();
        List<ArchiveSummary> archives = new ArrayList<>(sample.archives());
        archives.add(new ArchiveSummary(
                Archive.OWN,
                List.of("/etc/windlass/ops.yml", "/var/lib/windlass/audit.jsonl"),
                Instant.parse("2026-11-24T03:00:30Z"),
                2,
                204_800,
                0));
        archives.add(new ArchiveSummary(
                new ArchiveName("web"),
                List.of("/etc/nginx", "/srv/artefacts/shop"),
                Instant.parse("2026-11-24T03:00:31Z"),
                40,
                31_457_280,
                0));
        List<Artefact> artefacts = new ArrayList<>();
        sample.databases().forEach(database -> {
            add(artefacts, Artefact.Kind.GLOBALS, database.database(), "globals.sql", 2_048, 4_096);
            add(artefacts, Artefact.Kind.DUMP, database.database(), "dump", 257_698_037, 1_030_792_151);
            add(artefacts, Artefact.Kind.FACTS, database.database(), "facts.json", 8_192, 65_536);
        });
        archives.forEach(archive -> {
            add(artefacts, Artefact.Kind.FILES, archive.archive(), "tar", archive.bytes(), archive.bytes());
            add(artefacts, Artefact.Kind.INVENTORY, archive.archive(), "inventory", 4_096, 16_384);
        });
        sample.redis()
                .forEach(redis -> add(artefacts, Artefact.Kind.REDIS, redis.redis(), "rdb", 20_971_520, 41_943_040));
        return new Manifest(
                sample.format(),
                sample.set(),
                sample.committedAt(),
                sample.run(),
                sample.plan(),
                sample.databases(),
                archives,
                sample.redis(),
                artefacts,
                sample.recipients());
    }

    private static void add(
            List<Artefact> artefacts, Artefact.Kind kind, Object subject, String ending, long bytes, long plain) {
        String key = "sets/" + PageSample.SET + "/" + subject + "." + ATTEMPT + "." + ending + ".zst.age";
        artefacts.add(new Artefact(kind, subject.toString(), key, bytes, plain, "0".repeat(64)));
    }
}
