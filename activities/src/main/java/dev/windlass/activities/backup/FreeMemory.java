package dev.windlass.activities.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a new program can have of this machine's memory, as Linux reckons it (MemAvailable). */
final class FreeMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private FreeMemory() {}

    /** Empty where the system does not tell. */
    static Optional<Long> bytes() {
        if (!Files.exists(MEMINFO)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(MEMINFO).stream()
                    .map(AVAILABLE::matcher)
                    .filter(Matcher::matches)
                    .map(found -> Long.parseLong(found.group(1)) << 10)
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
