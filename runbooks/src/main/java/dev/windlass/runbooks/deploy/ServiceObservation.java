package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What planning saw of a service.
 *
 * @param before what the service is set to: a service that is deployed to exists
 * @param tagged the tag that it is set by where nobody has given it a digest yet
 * @param grace how long Swarm lets an old task end what it has begun
 * @param shown for the reader only; it may change from one look to the next
 */
public record ServiceObservation(
        Release release,
        Source source,
        Release before,
        Optional<String> tagged,
        Duration grace,
        Optional<ApprovalPolicy> policy,
        SortedMap<String, String> shown) {
    public ServiceObservation {
        shown = Sorted.copyOf(shown);
    }

    /** Where the image comes from. */
    public enum Source {
        REGISTRY,
        /** It is still on this machine, with exactly this digest, and the registry does not know it or does not answer. */
        KEPT
    }
}
