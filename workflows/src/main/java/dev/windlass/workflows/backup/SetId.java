package dev.windlass.workflows.backup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * One backup set: when it was begun (UTC) and eight hex digits of the run, as in {@code 20261124T030000Z-1f3a09bc}. Sorted
 * by text they are sorted by time.
 */
public record SetId(@JsonValue String value) implements Comparable<SetId> {
    private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @JsonCreator
    public SetId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("backup set \"" + value + "\" must look like 20261124T030000Z-1f3a09bc");
        }
    }

    /** @param runId a UUID, as Temporal gives each run */
    public static SetId of(Instant begun, String runId) {
        return new SetId(TIME.format(begun) + "-" + runId.replace("-", "").substring(0, 8));
    }

    public Instant begun() {
        return TIME.parse(value.substring(0, 16), Instant::from);
    }

    /** The resource that whoever reads the set holds, so that it is not removed under its hands. */
    public String lock() {
        return "backup-set/" + value;
    }

    @Override
    public int compareTo(SetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
