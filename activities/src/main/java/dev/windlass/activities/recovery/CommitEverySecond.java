package dev.windlass.activities.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Commits, and how far the archive was at each: from them comes what a machine takes with it that is gone from one moment
 * to the next.
 */
final class CommitEverySecond {
    /** Not a history file, and not the label of a backup, which are archived too. */
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");

    /**
     * @param at by the server's clock, after the commit
     * @param segment that the commit is in, or a later one
     * @param archived the newest that is in the bucket; empty where there is none
     */
    record Sample(Instant at, String segment, String archived) {}

    private final List<Sample> samples = new ArrayList<>();
    private Optional<Instant> safe = Optional.empty();
    private Optional<Instant> reachable = Optional.empty();
    private Duration most = Duration.ZERO;
    private String archived = "";

    void add(Sample sample) {
        samples.add(sample);
        if (SEGMENT.matcher(sample.archived()).matches()) {
            archived = sample.archived();
        }
        List<Instant> arrived = samples.stream()
                .filter(each -> each.segment().compareTo(archived) <= 0)
                .map(Sample::at)
                .toList();
        if (!arrived.isEmpty()) {
            safe = Optional.of(arrived.getLast());
        }
        if (arrived.size() > 1) {
            reachable = Optional.of(arrived.get(arrived.size() - 2));
        }
        // While none of these commits is safe it cannot be told how old the last safe one is.
        safe.map(last -> Duration.between(last, sample.at()))
                .filter(age -> age.compareTo(most) > 0)
                .ifPresent(age -> most = age);
    }

    /**
     * The last moment that WAL in the bucket leads to: replay knows that it has come there when it meets a younger commit.
     * Empty while there is none.
     */
    Optional<Instant> reachable() {
        return reachable;
    }

    /** How old the last commit in the bucket was when it was oldest. */
    Duration most() {
        return most;
    }
}
