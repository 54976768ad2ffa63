package dev.windlass.starter;

import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.backup.PruneReceipt;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A shop's backups on 24 November 2026. */
public final class Sample {
    public static final Instant NOW = Instant.parse("2026-11-24T06:10:00Z");
    public static final SetId SET = new SetId("20261124T030000Z-1f3a09bc");
    public static final DatabaseName SHOP = new DatabaseName("shop");
    public static final StoreName LOCAL = new StoreName("local");
    public static final StoreName R2 = new StoreName("r2");

    private Sample() {}

    public static Manifest manifest(SetId set) {
        return new Manifest(
                Manifest.FORMAT,
                set,
                set.begun().plusSeconds(60),
                "backup-20261124T030000Z",
                new PlanDigest("v1:" + "ab".repeat(32)),
                List.of(new DatabaseSummary(SHOP, "15.14", set.begun().plusSeconds(2), 42, 1_234_567, 312_000_000)),
                List.of(),
                List.of(),
                List.of(
                        artefact(Artefact.Kind.GLOBALS, "sets/" + set + "/shop-1.globals.zst.age", 900),
                        artefact(Artefact.Kind.DUMP, "sets/" + set + "/shop-1.dump.zst.age", 98_765_432),
                        artefact(Artefact.Kind.FACTS, "sets/" + set + "/shop-1.facts.zst.age", 12_300)),
                List.of("age1team", "age1set"));
    }

    private static Artefact artefact(Artefact.Kind kind, String key, long bytes) {
        return new Artefact(kind, SHOP.value(), key, bytes, bytes * 3, "5e".repeat(32));
    }

    public static Proof proof(SetId set) {
        return new Proof(
                Proof.FORMAT,
                set,
                Proof.Verdict.PROVEN,
                LOCAL,
                set.begun().plusSeconds(600),
                "backup-20261124T030000Z",
                List.of(new DatabaseProof(
                        SHOP, 42, 1_234_567, 0, List.of(), Duration.ofSeconds(48), Duration.ofSeconds(9))),
                List.of(),
                List.of());
    }

    public static Proof failedProof(SetId set) {
        return new Proof(
                Proof.FORMAT,
                set,
                Proof.Verdict.FAILED,
                R2,
                set.begun().plusSeconds(600),
                "restore-test-20261123T040000Z",
                List.of(new DatabaseProof(
                        SHOP,
                        42,
                        1_234_566,
                        1,
                        List.of(new Difference("app.users", "1200 rows", "1199 rows")),
                        Duration.ofSeconds(48),
                        Duration.ofSeconds(9))),
                List.of(),
                List.of());
    }

    public static Catalogue catalogue() {
        SetId failed = new SetId("20261123T030000Z-0badc0de");
        SetId broken = new SetId("20261124T050000Z-00c0ffee");
        return new Catalogue(List.of(
                new Catalogue.Entry(
                        SET,
                        Catalogue.Status.PROVEN,
                        List.of(LOCAL, R2),
                        Optional.of(manifest(SET)),
                        Optional.of(proof(SET)),
                        List.of()),
                new Catalogue.Entry(
                        failed,
                        Catalogue.Status.FAILED,
                        List.of(R2),
                        Optional.of(manifest(failed)),
                        Optional.of(failedProof(failed)),
                        List.of("local: shop-1.dump.zst.age has 98765431 bytes instead of 98765432")),
                new Catalogue.Entry(
                        broken,
                        Catalogue.Status.INCOMPLETE,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())));
    }

    public static BackupOutcome outcome() {
        return new BackupOutcome(
                manifest(SET),
                proof(SET),
                Duration.ofSeconds(200),
                new PruneReceipt(
                        List.of("20261115T030000Z-00000001 from local"),
                        List.of("20261114T030000Z-00000002 in r2: the newest proven set"),
                        List.of(),
                        99_000_000),
                List.of("slack: channel_not_found"));
    }
}
