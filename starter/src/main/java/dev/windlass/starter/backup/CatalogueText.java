package dev.windlass.starter.backup;

import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Backup sets, for a person. */
final class CatalogueText {
    private CatalogueText() {}

    static String list(Catalogue catalogue, Instant now) {
        StringBuilder text = new StringBuilder(lastProven(catalogue, now)).append('\n');
        if (catalogue.sets().isEmpty()) {
            return text.append("no backup set in any store\nhint: make one: windlass backup run --wait\n")
                    .toString();
        }
        Table table = new Table()
                .left("SET")
                .left("STATUS")
                .right("AGE")
                .left("DATABASES")
                .right("TABLES")
                .right("ROWS")
                .right("SIZE")
                .left("STORES")
                .left("PROVEN");
        catalogue.sets().forEach(entry -> table.row(row(entry, now)));
        text.append(table);
        for (Catalogue.Entry entry : catalogue.sets()) {
            entry.problems()
                    .forEach(problem -> text.append(entry.set())
                            .append(": ")
                            .append(problem)
                            .append('\n'));
        }
        return text.toString();
    }

    private static String lastProven(Catalogue catalogue, Instant now) {
        return "last proven: "
                + catalogue
                        .newestProven()
                        .map(entry -> entry.proof()
                                        .map(proof -> Amounts.ago(proof.provenAt(), now))
                                        .orElse("unknown")
                                + " (" + entry.set() + ")")
                        .orElse("never");
    }

    private static String[] row(Catalogue.Entry entry, Instant now) {
        List<DatabaseSummary> databases =
                entry.manifest().map(Manifest::databases).orElse(List.of());
        boolean known = entry.manifest().isPresent();
        return new String[] {
            entry.set().value(),
            entry.status().name().toLowerCase(Locale.ROOT),
            Amounts.age(java.time.Duration.between(entry.set().begun(), now)),
            known ? databases.stream().map(each -> each.database().value()).collect(Collectors.joining(",")) : "-",
            known
                    ? Amounts.count(databases.stream()
                            .mapToLong(DatabaseSummary::tables)
                            .sum())
                    : "-",
            known
                    ? Amounts.count(
                            databases.stream().mapToLong(DatabaseSummary::rows).sum())
                    : "-",
            entry.manifest().map(manifest -> Amounts.bytes(size(manifest))).orElse("-"),
            entry.stores().isEmpty() ? "-" : stores(entry),
            entry.proof()
                    .filter(proof -> proof.verdict() == Proof.Verdict.PROVEN)
                    .map(proof -> Amounts.ago(proof.provenAt(), now))
                    .orElse("-")
        };
    }

    static String show(Catalogue.Entry entry, Instant now) {
        Table facts = new Table().left("").left("");
        facts.row("set", entry.set().value());
        facts.row("status", entry.status().name().toLowerCase(Locale.ROOT));
        facts.row("begun", entry.set().begun() + " (" + Amounts.ago(entry.set().begun(), now) + ")");
        facts.row("stores", entry.stores().isEmpty() ? "none holds it whole" : stores(entry));
        entry.manifest().ifPresent(manifest -> {
            facts.row("committed", manifest.committedAt().toString());
            facts.row("run", manifest.run());
            facts.row("plan", manifest.plan().value());
            facts.row("size", Amounts.bytes(size(manifest)));
            manifest.recipients().forEach(recipient -> facts.row("opens with", recipient));
        });
        entry.proof()
                .ifPresent(proof -> facts.row(
                        "proof",
                        BackupReports.verdict(proof) + " from " + proof.source() + " at " + proof.provenAt()
                                + " by run " + proof.run()));
        entry.problems().forEach(problem -> facts.row("problem", problem));
        return facts
                + entry.manifest().map(CatalogueText::contents).orElse("")
                + entry.proof().map(proof -> "\n" + BackupReports.proof(proof)).orElse("");
    }

    private static String contents(Manifest manifest) {
        Table databases = new Table()
                .left("DATABASE")
                .left("SERVER")
                .left("SNAPSHOT")
                .right("TABLES")
                .right("ROWS")
                .right("SIZE");
        manifest.databases()
                .forEach(each -> databases.row(
                        each.database().value(),
                        each.serverVersion(),
                        each.snapshotAt().toString(),
                        Amounts.count(each.tables()),
                        Amounts.count(each.rows()),
                        Amounts.bytes(each.bytes())));
        Table archives = new Table()
                .left("FILES")
                .left("PATHS")
                .left("READ")
                .right("COUNT")
                .right("CHANGED MEANWHILE")
                .right("SIZE");
        manifest.archives()
                .forEach(each -> archives.row(
                        each.archive().value(),
                        String.join(", ", each.paths()),
                        each.readAt().toString(),
                        Amounts.count(each.entries()),
                        Amounts.count(each.moving()),
                        Amounts.bytes(each.bytes())));
        Table redis = new Table()
                .left("REDIS")
                .left("SERVER")
                .left("ASKED")
                .right("KEYS")
                .right("SIZE");
        manifest.redis()
                .forEach(each -> redis.row(
                        each.redis().value(),
                        each.serverVersion(),
                        each.askedAt().toString(),
                        Amounts.count(each.keys()),
                        Amounts.bytes(each.memory())));
        Table files = new Table()
                .left("FILE")
                .left("KIND")
                .right("STORED")
                .right("PLAIN")
                .left("SHA-256");
        manifest.artefacts()
                .forEach(each -> files.row(
                        each.key(),
                        each.kind().name().toLowerCase(Locale.ROOT),
                        Amounts.bytes(each.bytes()),
                        Amounts.bytes(each.plainBytes()),
                        each.sha256()));
        return "\n" + databases + (manifest.archives().isEmpty() ? "" : "\n" + archives)
                + (manifest.redis().isEmpty() ? "" : "\n" + redis) + "\n" + files;
    }

    private static String stores(Catalogue.Entry entry) {
        return entry.stores().stream().map(StoreName::value).collect(Collectors.joining(","));
    }

    private static long size(Manifest manifest) {
        return manifest.artefacts().stream().mapToLong(Artefact::bytes).sum();
    }
}
