package dev.windlass.activities.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server that replays WAL has said last: pg_ctl only says that it failed.
 *
 * @param from after so many bytes: what stands before was said by an earlier one
 */
record ServerLog(Path file, long from) {
    static ServerLog of(Path file) {
        return new ServerLog(file, 0);
    }

    /** Of a server that is about to be started. */
    static ServerLog after(Path file) {
        return new ServerLog(file, file.toFile().length());
    }

    /** What those are told who ask whether it has come to the end. */
    private static final String NOT_YET = "the database system is ";

    /** By PostgreSQL when restore_command ended otherwise than by "there is no such file". */
    static final String NOT_FETCHED = "could not restore file ";

    /** Of a server that was killed a moment ago, and is not quite gone. */
    static final String LOCKED = "lock file ";

    private static final Pattern ASKED = Pattern.compile(NOT_FETCHED + "\"(\\p{XDigit}{24})\"");

    /** Of archive-get, a line for each repository: {@code repo1: 15-1/…/SEGMENT-sha1.zst [FormatError] …}. */
    private static final Pattern BROKEN =
            Pattern.compile("/(\\p{XDigit}{24})-\\p{XDigit}{40}\\S* (\\[(?:Checksum|Crypto|Format)Error] .*)");

    /** @param words pgBackRest's, of what does not fit */
    record DamagedSegment(String name, String words) {}

    /**
     * Only what names an error: other lines can hold what somebody wrote. The directory's owner may have laid a link.
     *
     * @param otherwise what is said where the log says nothing
     */
    String lastFatalLine(String otherwise) {
        return read(lines -> lines.filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                        .filter(line -> !line.contains(NOT_YET))
                        .reduce((earlier, later) -> later)
                        .map(line -> line.substring(Math.max(line.indexOf("FATAL:"), line.indexOf("PANIC:")))))
                .orElse(otherwise);
    }

    /** It could not begin, for the one before it has not let go. */
    boolean isLockedOut() {
        return lastFatalLine("").contains(LOCKED);
    }

    /**
     * The segment that the server asked for last and that pgBackRest fetched whole, where what came is not what was archived. A
     * certificate that is refused is a CryptoError too, and no damage.
     */
    Optional<DamagedSegment> damagedSegment(String fatal) {
        Matcher asked = ASKED.matcher(fatal);
        if (!asked.find()) {
            return Optional.empty();
        }
        String segment = asked.group(1);
        return read(lines -> lines.map(BROKEN::matcher)
                        .filter(broken -> broken.find() && broken.group(1).equals(segment))
                        .reduce((earlier, later) -> later)
                        .map(broken -> broken.group(2)))
                .filter(words -> !words.contains("certificate") && !words.contains("TLS"))
                .map(words -> new DamagedSegment(segment, words));
    }

    private Optional<String> read(Function<Stream<String>, Optional<String>> reading) {
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes.skipNBytes(from);
            return reading.apply(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)).lines());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
