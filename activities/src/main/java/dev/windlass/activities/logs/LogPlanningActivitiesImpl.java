package dev.windlass.activities.logs;

import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.workflows.logs.LogPlanningActivities;
import dev.windlass.workflows.logs.RunLog;
import dev.windlass.workflows.logs.RunLogQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads, and nothing else. */
public final class LogPlanningActivitiesImpl implements LogPlanningActivities {
    private static final int MOST_BYTES = 512 * 1024;

    private final StepLogFiles logs;

    public LogPlanningActivitiesImpl(StepLogFiles logs) {
        this.logs = logs;
    }

    @Override
    public RunLog read(RunLogQuestion question) {
        Path file = logs.fileOf(question.workflowId());
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes, question.from() + bytes.position()) > 0) {
                // Until it is full, or the file ends.
            }
            int end = endOfLines(bytes);
            return new RunLog(new String(bytes.array(), 0, end, StandardCharsets.UTF_8), question.from() + end);
        } catch (NoSuchFileException nothingYet) {
            return new RunLog("", question.from());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the log " + file + " cannot be read", unreadable);
        }
    }

    private static int endOfLines(ByteBuffer bytes) {
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }
}
