package dev.windlass.workflows.backup;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which plan is asked for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "question")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlanQuestion.OfBackup.class, name = "backup"),
    @JsonSubTypes.Type(value = PlanQuestion.OfRestoreTest.class, name = "restore-test"),
    @JsonSubTypes.Type(value = PlanQuestion.OfRestore.class, name = "restore"),
    @JsonSubTypes.Type(value = PlanQuestion.OfRestoreFiles.class, name = "restore-files"),
    @JsonSubTypes.Type(value = PlanQuestion.OfPrune.class, name = "prune")
})
public sealed interface PlanQuestion {
    record OfBackup(BackupRequest request) implements PlanQuestion {}

    record OfRestoreTest(RestoreTestRequest request) implements PlanQuestion {}

    record OfRestore(RestoreRequest request) implements PlanQuestion {}

    record OfRestoreFiles(RestoreFilesRequest request) implements PlanQuestion {}

    record OfPrune(PruneRequest request) implements PlanQuestion {}
}
