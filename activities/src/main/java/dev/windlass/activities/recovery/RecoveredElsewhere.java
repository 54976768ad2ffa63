package dev.windlass.activities.recovery;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.WriteGuard;
import dev.windlass.runbooks.recovery.RecoveredBy;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a machine that was lost, and came back after another one took its place, from writing into their bucket: its sets
 * would be newer than those of the machine that lives, and its retention would remove them.
 */
public final class RecoveredElsewhere implements WriteGuard {
    /** A file of a set is followed by the next one: they are not looked at anew each time. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final String state;
    private final Clock clock;
    private final Map<StoreName, Instant> clear = new ConcurrentHashMap<>();

    /** @param state Windlass's own directory */
    public RecoveredElsewhere(String state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void requireMayWrite(ObjectStore bucket, StepContext context) {
        Instant now = clock.instant();
        Instant seen = clear.get(bucket.name());
        // A clock that was set back says nothing.
        if (seen != null && !now.isBefore(seen) && seen.plus(GOOD_FOR).isAfter(now)) {
            return;
        }
        Optional<Failure> why = look(bucket, context);
        if (why.isPresent()) {
            throw why.get().asException();
        }
        clear.put(bucket.name(), now);
    }

    /** @return why this machine must not write there, if it must not */
    public Optional<Failure> look(ObjectStore bucket, StepContext context) {
        Optional<Claim> last = new VpsClaims(bucket, context, clock).lastRecovered();
        return last.filter(claim -> claim.number() > own())
                .map(claim -> VpsFailures.recoveredElsewhere(claim, RecoveredBy.lift(state, claim.number())));
    }

    /** The recovery that this machine comes from; 0 where it was never recovered. */
    private int own() {
        Path file = Path.of(RecoveredBy.file(state));
        try {
            String text = Files.readString(file).strip();
            // What is no number was not written by a recovery; it lifts nothing.
            return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        } catch (NoSuchFileException never) {
            return 0;
        } catch (IOException unreadable) {
            throw DurableFiles.unchecked(unreadable, file);
        }
    }
}
