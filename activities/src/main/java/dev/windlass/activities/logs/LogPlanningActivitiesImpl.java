package dev.windlass.activities.logs;

import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.workflows.logs.LogPlanningActivities;
import dev.windlass.workflows.logs.RunLog;
import dev.windlass.workflows.logs.RunLogQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads, and nothing else. */
public final class LogPlanningActivitiesImpl implements LogPlanningActivities {
    private final StepLogFiles logs;
    private final Optional<LogCopies> copies;

    public LogPlanningActivitiesImpl(StepLogFiles logs, Optional<ObjectStore> remote) {
        this.logs = logs;
        this.copies = remote.map(LogCopies::new);
    }

    @Override
    public RunLog read(RunLogQuestion question) {
        Path file = logs.fileOf(question.workflowId());
        try {
            RunLogFile.Part part = RunLogFile.read(file, question.from());
            return new RunLog(new String(part.bytes(), StandardCharsets.UTF_8), part.end(), Optional.empty());
        } catch (NoSuchFileException nothingHere) {
            return new RunLog("", question.from(), copies.flatMap(each -> copyOf(each, question.workflowId())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the log " + file + " cannot be read", unreadable);
        }
    }

    private static Optional<String> copyOf(LogCopies copies, String workflowId) {
        return copies.of(workflowId).isEmpty()
                ? Optional.empty()
                : Optional.of(LogCopies.folderOf(workflowId) + " in " + copies.store());
    }
}
