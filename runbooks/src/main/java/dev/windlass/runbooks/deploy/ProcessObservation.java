package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Sorted;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What planning saw of an environment.
 *
 * @param before what serves now
 * @param upstreamText the upstream file as it is, for the undo of the switch
 * @param shown for the reader only; it may change from one look to the next
 */
public record ProcessObservation(
        Release release,
        Source source,
        Optional<Serving> before,
        Colour idle,
        Optional<String> upstreamText,
        Optional<ApprovalPolicy> policy,
        SortedMap<String, String> shown) {
    public ProcessObservation {
        shown = Sorted.copyOf(shown);
    }

    /** Where the release comes from. */
    public enum Source {
        ARTEFACT,
        /** The release is still on the disk, with exactly this content; the artefact may be gone. */
        KEPT
    }

    public record Serving(Colour colour, Release release) {}
}
