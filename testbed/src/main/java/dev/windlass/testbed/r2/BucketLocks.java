package dev.windlass.testbed.r2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Objects under a locked prefix cannot be overwritten, deleted, copied over or completed over: 403
 * ObjectLockedByBucketPolicy (10069), https://developers.cloudflare.com/r2/buckets/bucket-locks/ . New objects are
 * allowed; the strictest rule counts. DeleteObjects is refused whole when one key is locked: the page does not say.
 */
final class BucketLocks implements Rule {
    /** @param age how long after the last change; empty means indefinitely */
    record Lock(String prefix, Optional<Duration> age) {
        /** From {@code PREFIX=SECONDS} or {@code PREFIX=indefinite}. */
        static Lock parse(String text) {
            int equals = text.lastIndexOf('=');
            String value = text.substring(equals + 1);
            if (equals < 0 || !value.matches("indefinite|\\d+")) {
                throw new IllegalArgumentException("lock '" + text + "' is not PREFIX=SECONDS or PREFIX=indefinite");
            }
            return new Lock(
                    text.substring(0, equals),
                    value.equals("indefinite")
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(Long.parseLong(value))));
        }

        boolean holds(String key, Instant changed, Instant now) {
            return key.startsWith(prefix)
                    && age.map(a -> now.isBefore(changed.plus(a))).orElse(true);
        }
    }

    private final List<Lock> locks;
    private final Storage storage;
    private final Clock clock;

    BucketLocks(List<Lock> locks, Storage storage, Clock clock) {
        this.locks = List.copyOf(locks);
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> judge(S3Request request) {
        List<String> keys;
        try {
            keys = keysChangedBy(request);
        } catch (IllegalArgumentException e) {
            return Optional.of(Refusal.of(R2Error.MALFORMED_XML));
        }
        return keys.stream()
                .filter(key -> isLocked(request.bucket(), key))
                .findFirst()
                .map(key -> Refusal.of(R2Error.OBJECT_LOCKED, "Key " + key + "."));
    }

    private static List<String> keysChangedBy(S3Request request) {
        return switch (request.operation()) {
            case PUT_OBJECT, COPY_OBJECT, COMPLETE_UPLOAD, DELETE_OBJECT -> List.of(request.key());
            case DELETE_OBJECTS -> Documents.deletedKeys(request.document());
            default -> List.of();
        };
    }

    private boolean isLocked(String bucket, String key) {
        if (locks.stream().noneMatch(lock -> key.startsWith(lock.prefix()))) {
            return false;
        }
        return storage.object(bucket, key)
                .filter(stored ->
                        locks.stream().anyMatch(lock -> lock.holds(key, stored.lastModified(), clock.instant())))
                .isPresent();
    }
}
