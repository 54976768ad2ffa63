package dev.windlass.testbed.r2;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** All rules, in the order in which they are asked. */
final class Rules {
    private final List<Rule> always;
    private final List<Rule> duringWrite;
    private final WriteRate rate;

    Rules(String accessKey, List<BucketLocks.Lock> locks, Storage storage, Clock clock) {
        always = List.of(
                new KnownCredentials(accessKey),
                new NoChunkedSigning(),
                new UnimplementedOperations(),
                new UnimplementedHeaders(),
                new Limits(),
                new ChecksumTypes(),
                new Multipart(storage));
        // Asked while the key's turn is held, so that the answer is still true when the storage commits.
        duringWrite = List.of(new BucketLocks(locks, storage, clock), new ConditionalWrites(storage));
        rate = new WriteRate(clock);
    }

    Optional<Refusal> judge(S3Request request) {
        return first(always, request).or(() -> rate.judge(request)).or(() -> {
            Optional<Refusal> refusal = first(duringWrite, request);
            refusal.ifPresent(r -> ended(request, r.status()));
            return refusal;
        });
    }

    /** Must follow every request that was let through. */
    void ended(S3Request request, int status) {
        if (request.operation().isWriteOfKey()) {
            boolean written = status >= 200 && status < 300;
            rate.ended(request, written ? WriteRate.Ending.WRITTEN : WriteRate.Ending.NOTHING_WRITTEN);
        }
    }

    private static Optional<Refusal> first(List<Rule> rules, S3Request request) {
        for (Rule rule : rules) {
            Optional<Refusal> refusal = rule.judge(request);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
