package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.recovery.CommitEverySecond.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitEverySecondTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T05:00:00Z");
    private static final String OLD = "0000000100000000000000FF";
    private static final String FIRST = "000000010000000100000000";
    private static final String SECOND = "000000010000000100000001";

    private final CommitEverySecond commits = new CommitEverySecond();

    @Test
    void nothingIsSafeBeforeTheSegmentOfACommitIsInTheBucket() {
        commits.add(at(0, FIRST, ""));
        commits.add(at(1, FIRST, OLD));
        commits.add(at(2, FIRST, FIRST + ".partial"));

        assertThat(commits.reachable()).isEmpty();
        assertThat(commits.most()).isZero();
    }

    @Test
    void theLossIsTheAgeOfTheLastSafeCommitWhenItWasOldest() {
        commits.add(at(0, FIRST, OLD));
        commits.add(at(1, FIRST, OLD));
        commits.add(at(2, SECOND, FIRST));
        commits.add(at(3, SECOND, FIRST));
        commits.add(at(10, SECOND, FIRST));
        commits.add(at(11, "000000010000000100000002", SECOND));

        assertThat(commits.reachable())
                .as("the commit of second 10 tells the replay that second 3 is passed")
                .contains(BEGIN.plusSeconds(3));
        assertThat(commits.most()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void whatElseIsArchivedIsNoSegment() {
        commits.add(at(0, FIRST, FIRST));
        commits.add(at(1, SECOND, FIRST + ".00000028.backup"));
        commits.add(at(2, SECOND, "00000002.history"));

        assertThat(commits.reachable()).isEmpty();
        assertThat(commits.most()).isEqualTo(Duration.ofSeconds(2));
    }

    private static Sample at(long second, String segment, String archived) {
        return new Sample(BEGIN.plusSeconds(second), segment, archived);
    }
}
