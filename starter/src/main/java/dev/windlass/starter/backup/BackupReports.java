package dev.windlass.starter.backup;

import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.backup.PruneReceipt;
import dev.windlass.workflows.backup.RedisProof;
import dev.windlass.workflows.backup.RestoreFilesOutcome;
import dev.windlass.workflows.backup.RestoreOutcome;
import dev.windlass.workflows.backup.RestoreTestOutcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Outcomes, for a person. */
final class BackupReports {
    private BackupReports() {}

    static String backup(BackupOutcome outcome, Instant now) {
        long bytes = outcome.manifest().artefacts().stream()
                .mapToLong(Artefact::bytes)
                .sum();
        return "set " + outcome.manifest().set() + " " + verdict(outcome.proof()) + ", " + Amounts.bytes(bytes)
                + ", in " + Amounts.time(outcome.took()) + "\n" + proof(outcome.proof()) + pruned(outcome.pruned())
                + undelivered(outcome.undelivered());
    }

    private static String undelivered(List<String> channels) {
        return channels.stream()
                .map(channel -> "not notified: " + channel + "\n")
                .collect(Collectors.joining());
    }

    static String restoreTest(RestoreTestOutcome outcome, Instant now) {
        return "set " + outcome.proof().set() + " " + verdict(outcome.proof()) + " from "
                + outcome.proof().source() + ", in " + Amounts.time(outcome.took()) + "\n" + proof(outcome.proof());
    }

    static String restore(RestoreOutcome outcome, Instant now) {
        return "database " + outcome.into() + " made from set " + outcome.set() + ", in " + Amounts.time(outcome.took())
                + "\n" + databases(List.of(outcome.comparison()));
    }

    static String restoreFiles(RestoreFilesOutcome outcome, Instant now) {
        return outcome.into() + " made from set " + outcome.set() + ", in " + Amounts.time(outcome.took()) + "\n"
                + archives(List.of(outcome.comparison()));
    }

    static String prune(PruneReceipt receipt, Instant now) {
        String lines = pruned(receipt);
        return lines.isEmpty() ? "nothing to remove" : lines;
    }

    static String verdict(Proof proof) {
        return switch (proof.verdict()) {
            case PROVEN -> "proven";
            case FAILED -> "FAILED its proof";
        };
    }

    static String proof(Proof proof) {
        return databases(proof.databases())
                + (proof.archives().isEmpty() ? "" : "\n" + archives(proof.archives()))
                + (proof.redis().isEmpty() ? "" : "\n" + redis(proof.redis()));
    }

    private static String archives(List<ArchiveProof> proofs) {
        Table table = new Table()
                .left("FILES")
                .right("PATHS")
                .right("SIZE")
                .left("COMPARED")
                .right("CHANGED MEANWHILE")
                .right("IN");
        StringBuilder differences = new StringBuilder();
        for (ArchiveProof proof : proofs) {
            table.row(
                    proof.archive().value(),
                    Amounts.count(proof.entries()),
                    Amounts.bytes(proof.bytes()),
                    verdict(proof.differenceCount()),
                    Amounts.count(proof.moving()),
                    Amounts.time(proof.took()));
            differences.append(lines(proof.archive(), proof.differences()));
        }
        return table.toString() + differences;
    }

    private static String redis(List<RedisProof> proofs) {
        Table table = new Table()
                .left("REDIS")
                .right("KEYS")
                .right("EXPIRED SINCE")
                .left("LOADED")
                .right("IN");
        StringBuilder differences = new StringBuilder();
        for (RedisProof proof : proofs) {
            table.row(
                    proof.redis().value(),
                    Amounts.count(proof.keys()),
                    Amounts.count(proof.expired()),
                    proof.isProven() ? "whole" : verdict(proof.differences().size()),
                    Amounts.time(proof.took()));
            differences.append(lines(proof.redis(), proof.differences()));
        }
        return table.toString() + differences;
    }

    private static String verdict(int differences) {
        return differences == 0 ? "equal" : Amounts.count(differences, "difference");
    }

    private static String lines(Object subject, List<Difference> differences) {
        return differences.stream()
                .map(difference -> "  " + subject + ": " + difference + "\n")
                .collect(Collectors.joining());
    }

    private static String databases(List<DatabaseProof> proofs) {
        Table table = new Table()
                .left("DATABASE")
                .right("TABLES")
                .right("ROWS")
                .left("COMPARED")
                .right("RESTORED IN")
                .right("COMPARED IN");
        StringBuilder differences = new StringBuilder();
        for (DatabaseProof proof : proofs) {
            table.row(
                    proof.database().value(),
                    Amounts.count(proof.tables()),
                    Amounts.count(proof.rows()),
                    verdict(proof.differenceCount()),
                    Amounts.time(proof.restore()),
                    Amounts.time(proof.compare()));
            differences.append(lines(proof.database(), proof.differences()));
        }
        return table.toString() + differences;
    }

    private static String pruned(PruneReceipt receipt) {
        StringBuilder lines = new StringBuilder();
        receipt.removed().forEach(line -> lines.append("removed ").append(line).append('\n'));
        receipt.kept().forEach(line -> lines.append("kept ").append(line).append('\n'));
        receipt.later().forEach(line -> lines.append("later: ").append(line).append('\n'));
        if (receipt.freedBytes() > 0) {
            lines.append("freed ").append(Amounts.bytes(receipt.freedBytes())).append('\n');
        }
        return lines.toString();
    }
}
