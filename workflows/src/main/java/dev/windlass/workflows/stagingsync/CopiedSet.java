package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.backup.SetId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The backup that a copy was made of.
 *
 * @param asOf the moment of the database that is in it
 */
public record CopiedSet(SetId set, Instant asOf) {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public String words() {
        return "set " + set + ", as of " + MINUTE.format(asOf);
    }
}
