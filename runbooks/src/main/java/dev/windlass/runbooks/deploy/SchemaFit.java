package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.deploy.SchemaObservation.Marked;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.Migration.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the schema as it is now stands to the code of a version. */
public sealed interface SchemaFit {
    /** A version that was never kept here: its code was written for the schema of now. */
    record NewCode() implements SchemaFit {}

    /** @param reason nobody could look, or nobody had when the version was deployed */
    record NotKnown(String reason) implements SchemaFit {}

    /**
     * @param version was deployed before
     * @param since applied since then
     * @param gone applied then, and not any more
     */
    record Compared(Version version, List<Marked> since, List<AppliedMigration> gone) implements SchemaFit {
        public Compared {
            since = List.copyOf(since);
            gone = List.copyOf(gone);
        }

        /** In words, what the code of the version may not bear; empty when all of it is expand. */
        public List<String> unfit() {
            List<String> words = new ArrayList<>();
            since.stream().filter(each -> each.phase() != Phase.EXPAND).forEach(each -> words.add(each.words()));
            gone.forEach(each -> words.add(each.name() + " (no longer applied)"));
            return words;
        }
    }

    /** @param then what was applied when the version was deployed; none where nobody knows */
    static SchemaFit of(Version version, Optional<List<AppliedMigration>> then, SchemaObservation now) {
        return switch (now) {
            case SchemaObservation.LeftAlone leftAlone -> new NewCode();
            case SchemaObservation.Unseen unseen -> new NotKnown(unseen.reason());
            case SchemaObservation.Seen seen ->
                then.<SchemaFit>map(known -> compare(version, known, seen.applied()))
                        .orElseGet(() -> new NotKnown(
                                "nobody noted which migrations were applied when " + version + " was deployed"));
        };
    }

    private static Compared compare(Version version, List<AppliedMigration> then, List<Marked> now) {
        List<AppliedMigration> there = now.stream().map(Marked::migration).toList();
        return new Compared(
                version,
                now.stream().filter(each -> !then.contains(each.migration())).toList(),
                then.stream().filter(each -> !there.contains(each)).toList());
    }
}
