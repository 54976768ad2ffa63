package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a restore test does: the same proof as a backup's own, from a stored copy. */
public final class PlanOfRestoreTest {
    private final Operations operations;
    private final ProofSteps proofs;
    private final ArchiveSteps archives;
    private final RedisSteps redis;

    public PlanOfRestoreTest(Operations operations, Optional<String> runAs) {
        this.operations = operations;
        this.proofs = new ProofSteps(operations, runAs);
        this.archives = new ArchiveSteps(operations);
        this.redis = new RedisSteps(operations, runAs);
    }

    /** @param tools directory of the PostgreSQL programs for each database of the set */
    public Plan plan(RestoreTestRequest request, Manifest manifest, StoreName source, Map<DatabaseName, String> tools) {
        List<Step> steps = new ArrayList<>();
        SortedMap<String, String> resolved = new TreeMap<>();
        resolved.put("set", manifest.set().value());
        resolved.put("source", source.value());
        manifest.databases().forEach(summary -> {
            DatabaseName name = summary.database();
            steps.add(proofs.prove(operations.database(name), tool(tools, name), source, request.identity()));
            resolved.put("database " + name, "PostgreSQL " + summary.serverVersion());
        });
        manifest.archives()
                .forEach(summary -> steps.add(archives.prove(summary.archive(), source, request.identity())));
        manifest.redis().forEach(summary -> steps.add(redis.prove(summary.redis(), source, request.identity())));
        steps.add(record());
        NotificationSteps.tell(BackupSteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        return Plan.of(
                "restore-test",
                Sorted.of("set", request.set().map(Object::toString).orElse("the newest proven one")),
                resolved,
                Sorted.of(),
                steps);
    }

    private Step record() {
        List<Effect> effects = new ArrayList<>();
        operations.backup().remote().ifPresent(store -> effects.add(ObjectCalls.putIfAbsent(store, BackupKeys.CHECK)));
        effects.add(ObjectCalls.putIfAbsent(BackupPolicy.LOCAL, BackupKeys.CHECK));
        return Step.of(BackupSteps.RECORD, "Write the verdict beside the set's manifest", effects)
                .withSlots("set", "run");
    }

    private static String tool(Map<DatabaseName, String> tools, DatabaseName name) {
        String directory = tools.get(name);
        if (directory == null) {
            throw new IllegalArgumentException("no PostgreSQL programs were looked up for " + name);
        }
        return directory;
    }
}
