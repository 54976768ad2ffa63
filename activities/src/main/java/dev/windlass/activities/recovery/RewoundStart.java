package dev.windlass.activities.recovery;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import io.temporal.failure.ApplicationFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What became of the start of a cluster that replays WAL: pg_ctl only says that it failed, the server's log says why. */
record RewoundStart(PointInTime source, Path directory) {
    private static final String ENDED = "recovery ended before configured recovery target was reached";
    /** What those are told who ask whether it has come to the end. */
    private static final String NOT_YET = "the database system is ";

    private static final String NO_ROOM = "No space left on device";

    void require(CommandResult start) {
        if (!start.isSuccess()) {
            throw failure(start.summary());
        }
    }

    /** @param otherwise what is said where the log says nothing */
    ApplicationFailure failure(String otherwise) {
        String words = lastFatalLine(otherwise);
        if (words.contains(ENDED)) {
            return PointInTimeFailures.replayEnded(source);
        }
        return PointInTimeFailures.notStarted(words.contains(NO_ROOM) ? "its disk is full" : words);
    }

    /** Only what names an error: other lines can hold what somebody wrote. The directory's owner may have laid a link. */
    private String lastFatalLine(String otherwise) {
        Path log = directory.resolve("server.log");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                    .filter(line -> !line.contains(NOT_YET))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.substring(Math.max(line.indexOf("FATAL:"), line.indexOf("PANIC:"))))
                    .orElse(otherwise);
        } catch (IOException unreadable) {
            return otherwise;
        }
    }
}
