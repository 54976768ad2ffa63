package dev.windlass.workflows.protect;

import dev.windlass.workflows.notify.Announcer;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people know already comes from the look before, which the schedule hands over. */
public final class ProtectionWatchWorkflowImpl implements ProtectionWatchWorkflow {
    @Override
    public WatchOutcome run(WatchRequest request) {
        List<ProtectionFinding> before = known(Workflow.getLastCompletionResult(WatchOutcome.class));
        List<ProtectionFinding> now =
                withWhatCannotBeSeen(ProtectStubs.looking().look(request).findings(), before);
        ProtectNotices notices = new ProtectNotices(request.cluster());
        now.stream()
                .filter(finding -> !has(before, finding))
                .forEach(finding -> Announcer.announce(notices.begun(finding)));
        before.stream()
                .filter(finding -> !has(now, finding))
                .forEach(finding -> Announcer.announce(notices.over(finding)));
        return new WatchOutcome(now);
    }

    private static List<ProtectionFinding> known(@Nullable WatchOutcome before) {
        return before == null ? List.of() : before.known();
    }

    /** Trouble that nobody can look at any more is not over. */
    private static List<ProtectionFinding> withWhatCannotBeSeen(
            List<ProtectionFinding> seen, List<ProtectionFinding> before) {
        List<ProtectionFinding> all = new ArrayList<>(seen);
        before.stream()
                .filter(finding -> !has(seen, finding))
                .filter(finding -> finding.kind()
                        .seenAt()
                        .filter(place -> seen.stream().anyMatch(each -> each.kind() == place))
                        .isPresent())
                .forEach(all::add);
        return all;
    }

    private static boolean has(List<ProtectionFinding> findings, ProtectionFinding wanted) {
        return findings.stream().anyMatch(finding -> finding.kind() == wanted.kind());
    }
}
