package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Sorted;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * @param database whose masked copy staging gets
 * @param from what it is made of; empty means what ops.yml says
 * @param instead what the run takes where that is not to be had; nobody asks for it, so it is not signed
 */
public record StagingSyncRequest(
        DatabaseName database, Requester requester, Optional<SourceChoice> from, Optional<SourceChoice> instead) {
    public StagingSyncRequest(DatabaseName database, Requester requester) {
        this(database, requester, Optional.empty());
    }

    public StagingSyncRequest(DatabaseName database, Requester requester, Optional<SourceChoice> from) {
        this(database, requester, from, Optional.empty());
    }

    StagingSyncRequest instead(SourceChoice choice) {
        return new StagingSyncRequest(database, requester, from, Optional.of(choice));
    }

    /** Empty means what ops.yml says. */
    public Optional<SourceChoice> source() {
        return instead.or(() -> from);
    }

    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> asked = new TreeMap<>(Sorted.of("database", database.value()));
        from.ifPresent(choice -> asked.put("from", choice.name().toLowerCase(Locale.ROOT)));
        return Sorted.copyOf(asked);
    }
}
