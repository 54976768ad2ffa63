package dev.windlass.workflows.approvals;

import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** How a refusal travels where only failures can: out of the validator of the Update. */
final class Refusals {
    /** Its first word is the type of the failure: {@code Refused:DECIDED}. */
    private static final String TYPE = "Refused:";

    private Refusals() {}

    static ApplicationFailure asException(Refusal refusal, String detail) {
        return ApplicationFailure.newNonRetryableFailure(
                refusal.words() + (detail.isEmpty() ? "" : ": " + detail), TYPE + refusal.name());
    }

    static Optional<Refusal> of(ApplicationFailure failure) {
        for (Refusal refusal : Refusal.values()) {
            if (failure.getType().equals(TYPE + refusal.name())) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
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
