package dev.windlass.worker.slack;

import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what is refused before it reaches a question. Whoever cannot sign must not be able to fill the log: beyond
 * some entries a minute they are counted, and the next entry tells how many.
 */
final class DoorAudit {
    static final int A_MINUTE = 60;

    private static final Logger LOG = LoggerFactory.getLogger(DoorAudit.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AuditActivities log;
    private final Clock clock;
    private Instant minute = Instant.EPOCH;
    private int written;
    private long left;

    DoorAudit(AuditActivities log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param door {@code slack http} or {@code slack socket} */
    void unsigned(String door, Refusal refusal, String detail) {
        SortedMap<String, String> details = details(door, refusal, detail);
        synchronized (this) {
            Instant now = clock.instant();
            if (minute.plus(MINUTE).isBefore(now)) {
                minute = now;
                written = 0;
            }
            if (++written > A_MINUTE) {
                left++;
                return;
            }
            if (left > 0) {
                details.put("refused before, not listed", Long.toString(left));
                left = 0;
            }
        }
        record("door/" + UUID.randomUUID(), "slack", "unproven: unknown", refusal, details);
    }

    void refused(String door, Click click, Refusal refusal, String detail) {
        SortedMap<String, String> details = details(door, refusal, detail);
        details.put("approval", cut(click.approval()));
        details.put("channel", click.channel());
        details.put("team", click.team());
        details.put("app", click.app());
        record(
                "door/" + click.updateId() + "/" + refusal,
                "approval/" + cut(click.approval()),
                "unproven: slack user " + click.user(),
                refusal,
                details);
    }

    private void record(
            String id, String workflowId, String actor, Refusal refusal, SortedMap<String, String> details) {
        try {
            log.record(new AuditEvent(
                    id,
                    AuditEvent.Kind.REFUSED,
                    workflowId,
                    "",
                    actor,
                    "answer refused at the door: " + refusal.words(),
                    details));
        } catch (RuntimeException failed) {
            // It is refused all the same; the log of the process is what is left.
            LOG.error("refused, but not in the audit log: {} {}: {}", actor, details, Failure.messageOf(failed));
        }
    }

    private static SortedMap<String, String> details(String door, Refusal refusal, String detail) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("door", door);
        details.put("refusal", refusal.name());
        details.put("detail", cut(detail));
        return details;
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
