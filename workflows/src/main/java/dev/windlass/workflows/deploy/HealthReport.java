package dev.windlass.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What looking at a version brought. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "health")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HealthReport.Healthy.class, name = "healthy"),
    @JsonSubTypes.Type(value = HealthReport.Unhealthy.class, name = "unhealthy")
})
public sealed interface HealthReport {
    /** @param words {@code 3 of 3 answers good in 4 s}; {@code 1,204 requests, 0.00 % failed, p95 41 ms} */
    record Healthy(String words) implements HealthReport {}

    /** @param reason the last thing that was wrong, with its values */
    record Unhealthy(String reason) implements HealthReport {}
}
