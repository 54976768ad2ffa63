package dev.windlass.activities.migrate;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import java.util.List;

/**
 * What of the pending migrations a deploy applies before its version starts, and what it leaves.
 *
 * @param later contract, all of them
 */
record BeforeTheSwitch(List<Migration> now, List<Migration> later) {
    /**
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: one is not marked, one that comes first follows one that
     *     comes later, or the tool cannot stop between them
     */
    static BeforeTheSwitch of(Tool tool, List<Migration> pending) {
        List<Migration> unmarked = of(Phase.UNMARKED, pending);
        if (!unmarked.isEmpty()) {
            throw MigrateFailures.unmarked(unmarked);
        }
        List<Migration> now = of(Phase.EXPAND, pending);
        List<Migration> later = of(Phase.CONTRACT, pending);
        if (!later.isEmpty()) {
            pending.subList(pending.indexOf(later.getFirst()), pending.size()).stream()
                    .filter(now::contains)
                    .findFirst()
                    .ifPresent(expand -> {
                        throw MigrateFailures.expandAfterContract(later.getFirst(), expand);
                    });
        }
        if (tool == Tool.PRISMA && !now.isEmpty() && !later.isEmpty()) {
            throw MigrateFailures.allAtOnce(tool, later.getFirst());
        }
        return new BeforeTheSwitch(now, later);
    }

    private static List<Migration> of(Phase phase, List<Migration> pending) {
        return pending.stream().filter(each -> each.phase() == phase).toList();
    }
}
