package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** {@code runbooks/recover-database.md}: of tables, with the undo of the whole and the copy of a moment beside. */
public final class RecoverDatabasePage implements PageSource {
    @Override
    public String page() {
        return "recover-database.md";
    }

    @Override
    public Plan plan() {
        return RecoveryPageSample.ofATable();
    }

    @Override
    public SequencedMap<String, Plan> otherUndos() {
        return new LinkedHashMap<>(Map.of("undo-of-the-whole", RecoveryPageSample.ofTheWhole()));
    }

    @Override
    public SequencedMap<String, Plan> otherWays() {
        return new LinkedHashMap<>(Map.of("by-hand-to-a-time", RecoveryPageSample.copyOfAMoment()));
    }

    @Override
    public List<Failure> failures() {
        return Stream.concat(RecoveryPageFailures.all().stream(), PointInTimePageFailures.all().stream())
                .toList();
    }
}
