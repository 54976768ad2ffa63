package dev.windlass.activities.deploy;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;

/** What became of a deploy by Dokploy. {@code place} is the heading in dokploy.md that tells more. */
sealed interface DokployOutcome {
    /** @param words {@code deployment b7Xk is done} */
    record Done(String words) implements DokployOutcome {}

    /** Trying again would bring the same. */
    record Failed(String fact, String hint, String place) implements DokployOutcome {
        ApplicationFailure asException() {
            return new Failure(FailureType.PRECONDITION, fact, hint, "dokploy.md#" + place).asException();
        }
    }

    /** Dokploy did not answer, or did not come to an end in time; it may later. */
    record Undecided(String fact, String place) implements DokployOutcome {
        ApplicationFailure asException() {
            return new Failure(
                            FailureType.TARGET_UNAVAILABLE,
                            fact,
                            "see that Dokploy runs, then windlass resume with --retry; the question says what --skip means",
                            "dokploy.md#" + place)
                    .asException();
        }
    }
}
