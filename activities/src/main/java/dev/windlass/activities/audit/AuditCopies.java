package dev.windlass.activities.audit;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.workflows.audit.AuditChain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log's segments in the bucket: {@code audit/<first>-<last>-<hash of the last line>.jsonl}, never written over. With a
 * bucket lock on {@code audit/}, whoever owns this machine cannot make them fit another chain.
 */
final class AuditCopies {
    private static final String FOLDER = "audit/";
    private static final Pattern KEY = Pattern.compile("audit/(\\d{12})-(\\d{12})-([0-9a-f]{64})\\.jsonl");
    /** Below the limit of a small object. */
    private static final int MOST_BYTES = 900_000;

    private final ObjectStore store;
    private final StepContext context;

    AuditCopies(ObjectStore store, StepContext context) {
        this.store = store;
        this.context = context;
    }

    record Segment(long first, long last, String head) {}

    List<Segment> list() {
        List<Segment> segments = new ArrayList<>();
        for (ObjectStore.StoredObject object : store.list(FOLDER, context)) {
            Matcher key = KEY.matcher(object.key());
            if (key.matches()) {
                segments.add(new Segment(Long.parseLong(key.group(1)), Long.parseLong(key.group(2)), key.group(3)));
            }
        }
        return segments;
    }

    /** Sends what is not there yet. @return how many entries */
    long copy(List<String> lines) {
        long copied = list().stream().mapToLong(Segment::last).max().orElse(0);
        long sent = 0;
        int at = (int) copied;
        while (at < lines.size()) {
            int end = at;
            StringBuilder text = new StringBuilder();
            while (end < lines.size() && text.length() + lines.get(end).length() < MOST_BYTES) {
                text.append(lines.get(end++)).append('\n');
            }
            String key = "%s%012d-%012d-%s.jsonl"
                    .formatted(FOLDER, at + 1L, (long) end, AuditChain.hash(lines.get(end - 1)));
            store.putIfAbsent(key, text.toString().getBytes(StandardCharsets.UTF_8), context);
            sent += end - at;
            at = end;
        }
        return sent;
    }

    /** @return the first copy that the log here does not fit */
    Optional<String> difference(List<String> lines) {
        for (Segment segment : list()) {
            if (segment.last() > lines.size()) {
                return Optional.of("entries up to " + segment.last() + " were copied to " + store.name()
                        + ", and here are only " + lines.size());
            }
            if (!AuditChain.hash(lines.get((int) segment.last() - 1)).equals(segment.head())) {
                return Optional.of("entry " + segment.last() + " is not the one that was copied to " + store.name());
            }
        }
        return Optional.empty();
    }
}
