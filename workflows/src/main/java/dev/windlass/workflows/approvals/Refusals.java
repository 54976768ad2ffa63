package dev.windlass.workflows.approvals;

import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** How a refusal travels where only failures can: out of the validator of the Update. */
final class Refusals {
    private Refusals() {}

    static ApplicationFailure asException(Refusal refusal, String detail) {
        return ApplicationFailure.newNonRetryableFailure(mark(refusal) + detail, refusal.name());
    }

    /** By the words: the SDK keeps neither type nor details of what a validator throws. */
    static Optional<Refusal> of(ApplicationFailure failure) {
        for (Refusal refusal : Refusal.values()) {
            if (failure.getOriginalMessage().startsWith(mark(refusal))) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private static String mark(Refusal refusal) {
        return refusal.name() + ": ";
    }

    /** Why a question that stands so takes no answer; WAITING does not ask. */
    static Refusal of(QuestionState over) {
        return switch (over) {
            case WAITING -> Refusal.UNKNOWN_APPROVAL;
            case APPROVED, REJECTED, ANSWERED -> Refusal.DECIDED;
            case EXPIRED -> Refusal.EXPIRED;
            case WITHDRAWN -> Refusal.WITHDRAWN;
            case VOID -> Refusal.DIGEST_CHANGED;
        };
    }
}
