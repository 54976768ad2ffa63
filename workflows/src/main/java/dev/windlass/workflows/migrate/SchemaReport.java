package dev.windlass.workflows.migrate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Whether a database is what it should be. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "report")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SchemaReport.AsExpected.class, name = "as-expected"),
    @JsonSubTypes.Type(value = SchemaReport.Different.class, name = "different")
})
public sealed interface SchemaReport {
    record AsExpected(String words) implements SchemaReport {}

    /** @param reason what differs, a few lines at most */
    record Different(String reason) implements SchemaReport {}
}
