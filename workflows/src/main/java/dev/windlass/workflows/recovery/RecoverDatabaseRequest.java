package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * @param set empty means the newest proven one that holds the database, or none where {@code to} is given
 * @param tables whose missing rows come back; empty means that the copy takes the name of the whole database
 * @param source from which store; empty means the nearest that has the set whole
 * @param identity for sets older than the newest proven one; a reference on the worker's host
 * @param to the moment whose rows the copy holds, in place of a set's; to the microsecond, as PostgreSQL counts
 */
public record RecoverDatabaseRequest(
        DatabaseName database,
        Optional<SetId> set,
        List<TableReference> tables,
        Optional<StoreName> source,
        Optional<SecretReference> identity,
        Requester requester,
        Optional<Instant> to) {
    public RecoverDatabaseRequest {
        tables = List.copyOf(new TreeSet<>(tables));
        if (to.isPresent() && (set.isPresent() || source.isPresent() || identity.isPresent())) {
            throw new IllegalArgumentException("a recovery to a moment takes no set, and no store or identity of one");
        }
        if (to.filter(moment -> !moment.equals(moment.truncatedTo(ChronoUnit.MICROS)))
                .isPresent()) {
            throw new IllegalArgumentException(to.get() + " is finer than a microsecond");
        }
    }

    public boolean isOfTheWhole() {
        return tables.isEmpty();
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("database", database.value());
        set.ifPresent(chosen -> words.put("set", chosen.value()));
        source.ifPresent(chosen -> words.put("source", chosen.value()));
        to.ifPresent(moment -> words.put("to", moment.toString()));
        words.put(
                "recover",
                isOfTheWhole()
                        ? "the whole database"
                        : "missing rows of "
                                + tables.stream().map(TableReference::value).collect(Collectors.joining(", ")));
        return words;
    }
}
