package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.NeighbouringDatabases;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.stagingsync.StagingNames;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import java.util.List;
import java.util.Optional;

/** Which database has staging's name. How far it has come is seen by the copy's oid, whatever was killed. */
final class StagingSwap {
    private final NeighbouringDatabases neighbours;
    private final Database target;
    private final StagingNames names;
    private final String name;
    private final Optional<Long> copy;

    /**
     * @param name of the copy until it takes staging's
     * @param copy its oid, once it is made
     */
    StagingSwap(
            NeighbouringDatabases neighbours, Database target, StagingNames names, String name, Optional<Long> copy) {
        this.neighbours = neighbours;
        this.target = target;
        this.names = names;
        this.name = name;
        this.copy = copy;
    }

    boolean isStaging() {
        return has(target.database());
    }

    void requireCopy() {
        if (!has(name)) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the copy is not there any more",
                    "somebody has dropped it; start another run",
                    "swapped");
        }
    }

    private boolean has(String database) {
        return neighbours
                .find(database)
                .filter(found -> copy.filter(oid -> oid == found.oid()).isPresent())
                .isPresent();
    }

    private String replaced() {
        return names.replaced().replace("{token}", name);
    }

    /** @return the name that the replaced one has now */
    String swap(Step step) {
        neighbours.endEarlierSessions();
        if (isStaging()) {
            return replaced();
        }
        requireCopy();
        List<Sql> statements = step.statements();
        orOpenAgain(step, () -> {
            change("close staging", statements.get(0));
            change("end all sessions", statements.get(1));
            change("change the names", statements.get(2));
        });
        return replaced();
    }

    String giveUp(Step step) {
        if (isStaging()) {
            return "staging is the masked copy";
        }
        open(step);
        return "staging is as it was";
    }

    /** What the copy has replaced is staging again, and the copy is closed under its own name: it is dropped next. */
    void back(Step step) {
        neighbours.endEarlierSessions();
        if (!isStaging()) {
            open(step);
            return;
        }
        if (neighbours.find(replaced()).isEmpty()) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "what staging was is not there any more as " + replaced(),
                    "staging is the masked copy and stays it; look why it does not work, or start another run",
                    "smoke");
        }
        List<Sql> undo = undo(step);
        orOpenAgain(step, () -> {
            change("close staging", undo.get(1));
            change("end all sessions", undo.get(2));
            change("change the names back", undo.get(3));
        });
    }

    private void orOpenAgain(Step step, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            try {
                open(step);
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    /** Whichever it is now. */
    private void open(Step step) {
        if (neighbours.find(target.database()).filter(found -> !found.isOpen()).isPresent()) {
            change("open staging", undo(step).getFirst());
        }
    }

    private static List<Sql> undo(Step step) {
        return step.undo().stream()
                .filter(Sql.class::isInstance)
                .map(Sql.class::cast)
                .toList();
    }

    private void change(String what, Sql statement) {
        neighbours.change(what, statement, failed -> QuietFailures.using(target, failed));
    }
}
