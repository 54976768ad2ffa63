package dev.windlass.activities.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What a server that replays WAL has said last: pg_ctl only says that it failed. */
record ServerLog(Path file) {
    /** What those are told who ask whether it has come to the end. */
    private static final String NOT_YET = "the database system is ";

    /** By PostgreSQL when restore_command ended otherwise than by "there is no such file". */
    static final String NOT_FETCHED = "could not restore file ";

    /** Of a server that was killed a moment ago, and is not quite gone. */
    static final String LOCKED = "lock file ";

    /**
     * Only what names an error: other lines can hold what somebody wrote. The directory's owner may have laid a link.
     *
     * @param otherwise what is said where the log says nothing
     */
    String lastFatalLine(String otherwise) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8))) {
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
