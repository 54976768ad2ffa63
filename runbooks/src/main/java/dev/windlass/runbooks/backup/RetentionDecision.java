package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.BackupPolicy.Retention;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.Removal;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which sets may go, by calendar days in UTC, for each store on its own.
 *
 * @param kept why what is old enough stays, one line each
 */
public record RetentionDecision(List<Removal> removals, List<String> kept) {
    /** A clock that is further than this from the newest set is not believed. */
    static final int CREDIBLE_DAYS = 3;

    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    private static final Duration LEFTOVER = Duration.ofDays(1);

    public RetentionDecision {
        removals = List.copyOf(removals);
        kept = List.copyOf(kept);
    }

    public static RetentionDecision decide(List<StoredSet> sets, Retention keep, Instant now, Set<SetId> inUse) {
        List<StoredSet> newestFirst = sets.stream()
                .sorted(Comparator.comparing(StoredSet::set).reversed())
                .toList();
        if (newestFirst.isEmpty()) {
            return new RetentionDecision(List.of(), List.of());
        }
        Optional<String> objection = objection(newestFirst, keep, now);
        if (objection.isPresent()) {
            return new RetentionDecision(List.of(), List.of("everything: " + objection.get()));
        }
        Sorting sorting = new Sorting(newestFirst, keep, now, inUse);
        newestFirst.stream().sorted(Comparator.comparing(StoredSet::set)).forEach(sorting::sort);
        return new RetentionDecision(sorting.removals, sorting.kept);
    }

    /** What speaks against removing anything at all. */
    private static Optional<String> objection(List<StoredSet> newestFirst, Retention keep, Instant now) {
        StoredSet newest = newestFirst.getFirst();
        Instant begun = newest.set().begun();
        if (now.isBefore(begun.minus(CLOCKS_APART))) {
            return Optional.of("the clock says " + now + ", but the newest set " + newest.set() + " began after that");
        }
        if (now.isAfter(begun.plus(CREDIBLE_DAYS, ChronoUnit.DAYS))) {
            return Optional.of("the clock says " + now + ", more than " + CREDIBLE_DAYS + " days after the newest set "
                    + newest.set() + " began");
        }
        if (!newest.isProven()) {
            return Optional.of("the newest set " + newest.set() + " is not proven but " + newest.status());
        }
        return leap(newestFirst, keep);
    }

    /** A newest set that is itself from the future looks credible to the clock that made it, but not beside the others. */
    private static Optional<String> leap(List<StoredSet> newestFirst, Retention keep) {
        if (newestFirst.size() < 2) {
            return Optional.empty();
        }
        SetId newest = newestFirst.getFirst().set();
        SetId before = newestFirst.get(1).set();
        int most = Math.max(keep.localDays(), keep.remoteDays()) + CREDIBLE_DAYS;
        return newest.begun().isAfter(before.begun().plus(most, ChronoUnit.DAYS))
                ? Optional.of("the newest set " + newest + " began more than " + most
                        + " days after the one before it, " + before + "; the next run decides anew")
                : Optional.empty();
    }

    private static final class Sorting {
        private final List<StoredSet> newestFirst;
        private final Retention keep;
        private final Instant now;
        private final Set<SetId> inUse;
        private final List<Removal> removals = new ArrayList<>();
        private final List<String> kept = new ArrayList<>();

        Sorting(List<StoredSet> newestFirst, Retention keep, Instant now, Set<SetId> inUse) {
            this.newestFirst = newestFirst;
            this.keep = keep;
            this.now = now;
            this.inUse = inUse;
        }

        void sort(StoredSet set) {
            for (StoreName store : set.present().stream().sorted().toList()) {
                Optional<String> reason = set.status() == Status.INCOMPLETE ? leftOver(set) : tooOld(set, store);
                reason.ifPresent(why -> removeOrKeep(set, store, why));
            }
        }

        private void removeOrKeep(StoredSet set, StoreName store, String why) {
            Optional<String> protection = protection(set, store);
            if (protection.isPresent()) {
                kept.add(set.set() + " in " + store + ": " + protection.get());
            } else {
                removals.add(new Removal(set.set(), store, why));
            }
        }

        private Optional<String> protection(StoredSet set, StoreName store) {
            if (inUse.contains(set.set())) {
                return Optional.of("a run is using it");
            }
            if (isFirst(set, newestFirst.stream().filter(StoredSet::isProven))) {
                return Optional.of("it is the last proven set");
            }
            boolean lastHere = isFirst(
                    set,
                    newestFirst.stream()
                            .filter(StoredSet::isProven)
                            .filter(other -> other.whole().contains(store)));
            return lastHere ? Optional.of("it is the last proven set that is whole there") : Optional.empty();
        }

        private static boolean isFirst(StoredSet set, java.util.stream.Stream<StoredSet> among) {
            return among.findFirst()
                    .map(StoredSet::set)
                    .filter(set.set()::equals)
                    .isPresent();
        }

        private Optional<String> leftOver(StoredSet set) {
            return now.isAfter(set.set().begun().plus(LEFTOVER))
                    ? Optional.of("left over from a run that broke off")
                    : Optional.empty();
        }

        private Optional<String> tooOld(StoredSet set, StoreName store) {
            int days = store.equals(BackupPolicy.LOCAL) ? keep.localDays() : keep.remoteDays();
            long age = ChronoUnit.DAYS.between(day(set.set().begun()), day(now));
            return age > days ? Optional.of(age + " days old, kept for " + days) : Optional.empty();
        }

        private static LocalDate day(Instant instant) {
            return LocalDate.ofInstant(instant, ZoneOffset.UTC);
        }
    }
}
