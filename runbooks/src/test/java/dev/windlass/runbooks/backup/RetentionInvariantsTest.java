package dev.windlass.runbooks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.BackupPolicy.Retention;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.Removal;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the history, the clock and the runs: what must never happen does not. */
class RetentionInvariantsTest {
    private static final StoreName LOCAL = BackupPolicy.LOCAL;
    private static final List<StoreName> STORES = List.of(LOCAL, new StoreName("r2"), new StoreName("old"));
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HISTORIES = 4_000;

    private record History(List<StoredSet> sets, Retention keep, Instant now, Set<SetId> inUse) {
        RetentionDecision decide() {
            return RetentionDecision.decide(sets, keep, now, inUse);
        }
    }

    @Test
    void theInvariantsHoldForManyHistories() {
        int removing = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(new Random(seed));
            RetentionDecision decision = history.decide();
            removing += decision.removals().isEmpty() ? 0 : 1;
            check(history, decision, "seed " + seed);
        }
        // Else the invariants would hold for want of removals.
        assertThat(removing).isGreaterThan(HISTORIES / 10);
    }

    @Test
    void decidingAgainAfterRemovingRemovesNothingMore() {
        for (int seed = 0; seed < HISTORIES / 10; seed++) {
            History history = history(new Random(seed));
            List<Removal> removals = history.decide().removals();
            List<StoredSet> left = history.sets().stream()
                    .flatMap(set -> without(set, removals).stream())
                    .toList();

            assertThat(RetentionDecision.decide(left, history.keep(), history.now(), history.inUse())
                            .removals())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private static void check(History history, RetentionDecision decision, String seed) {
        Map<SetId, StoredSet> sets =
                history.sets().stream().collect(Collectors.toMap(StoredSet::set, Function.identity()));
        Optional<StoredSet> newest = history.sets().stream().max(Comparator.comparing(StoredSet::set));
        Set<SetId> neverRemoved = new HashSet<>(history.inUse());
        newestProven(history.sets()).ifPresent(set -> neverRemoved.add(set.set()));
        for (Removal removal : decision.removals()) {
            StoredSet set = Objects.requireNonNull(sets.get(removal.set()), seed);
            assertThat(set.present()).as(seed).contains(removal.store());
            assertThat(neverRemoved).as(seed).doesNotContain(removal.set());
            assertThat(newest.orElseThrow().status()).as(seed).isEqualTo(Status.PROVEN);
            Duration age = Duration.between(removal.set().begun(), history.now());
            assertThat(age).as(seed).isGreaterThan(leastAge(set, removal.store(), history.keep()));
            Instant newestBegun = newest.orElseThrow().set().begun();
            assertThat(Duration.between(newestBegun, history.now()))
                    .as(seed)
                    .isBetween(Duration.ofHours(-1), Duration.ofDays(3));
        }
        assertThat(decision.removals()).as(seed).doesNotHaveDuplicates();
        for (StoreName store : STORES) {
            lastWholeStays(history, decision, store, seed);
        }
        // Every protected set that calendar or leftover rule would take is named.
        assertThat(decision.kept()).as(seed).allMatch(line -> line.contains(": "));
    }

    private static void lastWholeStays(History history, RetentionDecision decision, StoreName store, String seed) {
        newestProven(history.sets().stream()
                        .filter(set -> set.whole().contains(store))
                        .toList())
                .ifPresent(last -> assertThat(decision.removals())
                        .as(seed)
                        .noneMatch(removal -> removal.set().equals(last.set())
                                && removal.store().equals(store)));
    }

    private static Duration leastAge(StoredSet set, StoreName store, Retention keep) {
        if (set.status() == Status.INCOMPLETE) {
            return Duration.ofDays(1);
        }
        return Duration.ofDays(store.equals(LOCAL) ? keep.localDays() : keep.remoteDays());
    }

    private static Optional<StoredSet> newestProven(List<StoredSet> sets) {
        return sets.stream().filter(StoredSet::isProven).max(Comparator.comparing(StoredSet::set));
    }

    private static Optional<StoredSet> without(StoredSet set, List<Removal> removals) {
        Set<StoreName> gone = removals.stream()
                .filter(removal -> removal.set().equals(set.set()))
                .map(Removal::store)
                .collect(Collectors.toSet());
        Set<StoreName> present = minus(set.present(), gone);
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoredSet(set.set(), set.status(), minus(set.whole(), gone), present));
    }

    private static Set<StoreName> minus(Set<StoreName> stores, Set<StoreName> gone) {
        return stores.stream().filter(store -> !gone.contains(store)).collect(Collectors.toSet());
    }

    private static History history(Random random) {
        List<StoredSet> sets = new ArrayList<>();
        Instant at = EPOCH;
        int count = random.nextInt(60);
        boolean mostlyProven = random.nextInt(4) > 0;
        for (int number = 0; number < count; number++) {
            // Mostly nights, at times several a day, now and then a long gap.
            at = at.plusSeconds(random.nextInt(20) == 0 ? random.nextInt(4_000_000) : random.nextInt(1, 172_800));
            Status status = mostlyProven && random.nextInt(8) > 0
                    ? Status.PROVEN
                    : Status.values()[random.nextInt(Status.values().length)];
            Set<StoreName> present = some(random, STORES);
            present.add(STORES.get(random.nextInt(STORES.size())));
            Set<StoreName> whole = status == Status.INCOMPLETE ? Set.of() : some(random, List.copyOf(present));
            sets.add(new StoredSet(SetId.of(at, "%08x".formatted(number)), status, whole, present));
        }
        Instant now = at.plusSeconds(
                random.nextInt(10) == 0 ? random.nextInt(-400_000, 40_000_000) : random.nextInt(200_000));
        Set<SetId> inUse = sets.stream()
                .map(StoredSet::set)
                .filter(set -> random.nextInt(15) == 0)
                .collect(Collectors.toSet());
        java.util.Collections.shuffle(sets, random);
        return new History(sets, new Retention(random.nextInt(1, 10), random.nextInt(1, 40)), now, inUse);
    }

    private static Set<StoreName> some(Random random, List<StoreName> stores) {
        return stores.stream().filter(store -> random.nextInt(3) > 0).collect(Collectors.toCollection(HashSet::new));
    }
}
