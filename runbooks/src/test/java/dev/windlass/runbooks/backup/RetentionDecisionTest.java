package dev.windlass.runbooks.backup;

import static dev.windlass.workflows.backup.Catalogue.Status.FAILED;
import static dev.windlass.workflows.backup.Catalogue.Status.INCOMPLETE;
import static dev.windlass.workflows.backup.Catalogue.Status.PROVEN;
import static dev.windlass.workflows.backup.Catalogue.Status.UNPROVEN;
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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionDecisionTest {
    private static final StoreName LOCAL = BackupPolicy.LOCAL;
    private static final StoreName R2 = new StoreName("r2");
    private static final Retention KEEP = new Retention(7, 30);
    private static final Instant TONIGHT = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant NOW = TONIGHT.plus(Duration.ofMinutes(20));

    @Test
    void afterManyNightsEachStoreKeepsItsOwnDays() {
        RetentionDecision decision = decide(nights(40), NOW, Set.of());

        assertThat(decision.removals()).hasSize(32 + 9);
        assertThat(decision.removals())
                .contains(
                        new Removal(night(8), LOCAL, "8 days old, kept for 7"),
                        new Removal(night(31), R2, "31 days old, kept for 30"))
                .doesNotContain(new Removal(night(7), LOCAL, "7 days old, kept for 7"));
        assertThat(decision.kept()).isEmpty();
    }

    @Test
    void daysAreThoseOfTheCalendarInUtc() {
        SetId lateOnTheEighthDay = SetId.of(Instant.parse("2026-11-16T23:59:59Z"), "00000000");
        SetId earlyOnTheSeventh = SetId.of(Instant.parse("2026-11-17T00:00:00Z"), "00000000");
        List<StoredSet> sets =
                List.of(set(night(0), PROVEN), set(lateOnTheEighthDay, PROVEN), set(earlyOnTheSeventh, PROVEN));

        assertThat(decide(sets, NOW, Set.of()).removals())
                .containsExactly(new Removal(lateOnTheEighthDay, LOCAL, "8 days old, kept for 7"));
    }

    @Test
    void theLastProvenSetThatAStoreHoldsWholeStays() {
        List<StoredSet> sets = List.of(
                new StoredSet(night(0), PROVEN, Set.of(LOCAL), Set.of(LOCAL, R2)),
                new StoredSet(night(32), PROVEN, Set.of(R2), Set.of(R2)),
                new StoredSet(night(33), PROVEN, Set.of(R2), Set.of(R2)));

        assertThat(decide(sets, NOW, Set.of()))
                .isEqualTo(new RetentionDecision(
                        List.of(new Removal(night(33), R2, "33 days old, kept for 30")),
                        List.of(night(32) + " in r2: it is the last proven set that is whole there")));
    }

    @Test
    void nothingGoesWhenTheNewestSetIsNotProven() {
        for (Status status : List.of(FAILED, UNPROVEN, INCOMPLETE)) {
            List<StoredSet> sets = new ArrayList<>(nights(40).subList(1, 40));
            sets.add(set(night(0), status));

            assertThat(decide(sets, NOW, Set.of()))
                    .isEqualTo(new RetentionDecision(
                            List.of(),
                            List.of("everything: the newest set " + night(0) + " is not proven but " + status)));
        }
    }

    @Test
    void aSetInUseStays() {
        List<StoredSet> sets = List.of(set(night(0), PROVEN), set(night(9), PROVEN), set(night(10), INCOMPLETE));

        assertThat(decide(sets, NOW, Set.of(night(9), night(10))))
                .isEqualTo(new RetentionDecision(
                        List.of(),
                        List.of(
                                night(10) + " in local: a run is using it",
                                night(10) + " in r2: a run is using it",
                                night(9) + " in local: a run is using it")));
    }

    @Test
    void whatABrokenRunLeftGoesAfterADay() {
        SetId yesterday = SetId.of(NOW.minus(Duration.ofHours(25)), "0badc0de");
        SetId tonight = SetId.of(TONIGHT.minus(Duration.ofHours(2)), "0badc0de");
        List<StoredSet> sets = List.of(set(night(0), PROVEN), set(yesterday, INCOMPLETE), set(tonight, INCOMPLETE));

        assertThat(decide(sets, NOW, Set.of()).removals())
                .containsExactly(
                        new Removal(yesterday, LOCAL, "left over from a run that broke off"),
                        new Removal(yesterday, R2, "left over from a run that broke off"));
    }

    @Test
    void aClockFarInTheFutureRemovesNothing() {
        Instant future = NOW.plus(Duration.ofDays(365));

        assertThat(decide(nights(40), future, Set.of()))
                .isEqualTo(new RetentionDecision(
                        List.of(),
                        List.of(
                                "everything: the clock says 2027-11-24T03:20:00Z, more than 3 days after the newest set "
                                        + night(0) + " began")));
    }

    @Test
    void aClockInThePastRemovesNothing() {
        assertThat(decide(nights(40), TONIGHT.minus(Duration.ofDays(2)), Set.of())
                        .kept())
                .containsExactly("everything: the clock says 2026-11-22T03:00:00Z, but the newest set " + night(0)
                        + " began after that");
    }

    @Test
    void aSetThatAWrongClockMadeRemovesNothing() {
        List<StoredSet> sets = new ArrayList<>(nights(10));
        SetId future = SetId.of(TONIGHT.plus(Duration.ofDays(365)), "00000000");
        sets.add(set(future, PROVEN));

        assertThat(decide(sets, future.begun().plusSeconds(60), Set.of()))
                .isEqualTo(new RetentionDecision(
                        List.of(),
                        List.of("everything: the newest set " + future
                                + " began more than 33 days after the one before it, " + night(0)
                                + "; the next run decides anew")));
    }

    @Test
    void noSetsAreNoProblem() {
        assertThat(decide(List.of(), NOW, Set.of())).isEqualTo(new RetentionDecision(List.of(), List.of()));
    }

    private static RetentionDecision decide(List<StoredSet> sets, Instant now, Set<SetId> inUse) {
        return RetentionDecision.decide(sets, KEEP, now, inUse);
    }

    private static List<StoredSet> nights(int count) {
        List<StoredSet> sets = new ArrayList<>();
        for (int ago = 0; ago < count; ago++) {
            sets.add(set(night(ago), PROVEN));
        }
        return sets;
    }

    private static SetId night(int ago) {
        return SetId.of(TONIGHT.minus(Duration.ofDays(ago)), "00000000");
    }

    private static StoredSet set(SetId set, Status status) {
        Set<StoreName> both = Set.of(LOCAL, R2);
        return new StoredSet(set, status, status == INCOMPLETE ? Set.of() : both, both);
    }
}
