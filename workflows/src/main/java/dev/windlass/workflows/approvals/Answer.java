package dev.windlass.workflows.approvals;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.kernel.PersonName;
import java.time.Instant;
import java.util.Optional;

/** What the Update says to whoever decided. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "refused")
})
public sealed interface Answer {
    /** @param missing how many more must approve; 0 when it is decided */
    record Accepted(PersonName person, Verdict verdict, Optional<String> reason, Instant at, int missing)
            implements Answer {}

    /** @param detail what exactly, for the person and the audit log; may be empty */
    record Refused(Refusal refusal, String detail) implements Answer {}
}
