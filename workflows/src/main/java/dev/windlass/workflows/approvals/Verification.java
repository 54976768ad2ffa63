package dev.windlass.workflows.approvals;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.kernel.PersonName;

/** What the evidence of an answer turned out to be worth. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verification")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verification.Genuine.class, name = "genuine"),
    @JsonSubTypes.Type(value = Verification.Worthless.class, name = "worthless")
})
public sealed interface Verification {
    record Genuine(PersonName person) implements Verification {}

    record Worthless(Refusal refusal, String detail) implements Verification {}
}
