package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people are told about backups. */
final class BackupNotices {
    private final String workflowId;
    private final String runId;

    BackupNotices(String workflowId, String runId) {
        this.workflowId = workflowId;
        this.runId = runId;
    }

    /** One line: databases, size, duration, proven in, and the set whose age is now the age of the last proven one. */
    Notice proven(Manifest manifest, Proof proof, Duration took) {
        String databases = manifest.databases().stream()
                .map(d -> d.database() + " " + Quantities.bytes(d.bytes()) + ", "
                        + Quantities.plural(d.tables(), "table") + ", "
                        + Quantities.plural(d.rows(), "row"))
                .collect(Collectors.joining("; "));
        String archives = manifest.archives().stream()
                .map(a -> "; " + a.archive() + " " + Quantities.bytes(a.bytes()) + ", "
                        + Quantities.plural(a.entries(), "path")
                        + (a.moving() == 0 ? "" : " (" + Quantities.count(a.moving()) + " changed meanwhile)"))
                .collect(Collectors.joining());
        String redis = manifest.redis().stream()
                .map(r -> "; " + r.redis() + " " + Quantities.plural(r.keys(), "key"))
                .collect(Collectors.joining());
        long stored = manifest.artefacts().stream().mapToLong(Artefact::bytes).sum();
        Duration proving = Stream.of(
                        proof.databases().stream().map(p -> p.restore().plus(p.compare())),
                        proof.archives().stream().map(ArchiveProof::took),
                        proof.redis().stream().map(RedisProof::took))
                .flatMap(each -> each)
                .reduce(Duration.ZERO, Duration::plus);
        return notice(
                "proven",
                Severity.GOOD,
                "backup proven: " + databases + archives + redis + "; stored " + Quantities.bytes(stored) + " in "
                        + Quantities.time(took) + ", proven in " + Quantities.time(proving) + "; last proven: set "
                        + manifest.set() + ", just now",
                List.of());
    }

    Notice broken(String runbook, Throwable thrown, Optional<Catalogue.Entry> lastProven, Instant now) {
        List<String> lines = new ArrayList<>();
        Failure failure = Failure.in(thrown).orElse(null);
        if (failure != null) {
            lines.add("hint: " + failure.hint());
            lines.add("see: runbooks/" + failure.anchor());
        }
        lines.add(lastProven
                .map(entry -> "last proven: "
                        + Quantities.time(Duration.between(entry.set().begun(), now)) + " ago, set " + entry.set())
                .orElse("last proven: none, there is no proven backup"));
        String fact = failure == null ? Failure.messageOf(thrown) : failure.fact();
        return notice("broken", Severity.BAD, runbook + " failed: " + firstLine(fact), lines);
    }

    Notice restoreTested(Proof proof, Duration took) {
        return notice(
                "tested",
                Severity.GOOD,
                "restore test passed: set " + proof.set() + " from " + proof.source() + ", "
                        + proof.databases().stream()
                                .map(p -> p.database() + " " + Quantities.plural(p.tables(), "table") + ", "
                                        + Quantities.plural(p.rows(), "row"))
                                .collect(Collectors.joining("; "))
                        + proof.archives().stream()
                                .map(p -> "; " + p.archive() + " " + Quantities.plural(p.entries(), "path"))
                                .collect(Collectors.joining())
                        + proof.redis().stream()
                                .map(p -> "; " + p.redis() + " " + Quantities.plural(p.keys(), "key"))
                                .collect(Collectors.joining())
                        + ", in " + Quantities.time(took),
                List.of());
    }

    private Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        return new Notice(runId + "/" + kind, severity, headline, lines, workflowId, runId);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
