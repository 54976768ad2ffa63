package dev.windlass.activities.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.workflows.audit.AuditChain;
import dev.windlass.workflows.audit.AuditEntries;
import dev.windlass.workflows.audit.AuditEntry;
import dev.windlass.workflows.audit.AuditPlanningActivities;
import dev.windlass.workflows.audit.AuditQuestion;
import dev.windlass.workflows.audit.AuditVerification;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the log. */
public final class AuditPlanningActivitiesImpl implements AuditPlanningActivities {
    private final AuditLog log;
    private final Optional<ObjectStore> remote;

    public AuditPlanningActivitiesImpl(AuditLog log, Optional<ObjectStore> remote) {
        this.log = log;
        this.remote = remote;
    }

    @Override
    public AuditEntries list(AuditQuestion question) {
        List<AuditEntry> found = new ArrayList<>();
        for (String line : log.lines().reversed()) {
            AuditEntry entry = read(line);
            if (question.run()
                    .filter(run -> !run.equals(entry.event().workflowId()))
                    .isEmpty()) {
                found.add(entry);
            }
            if (found.size() == question.last()) {
                break;
            }
        }
        return new AuditEntries(found.reversed());
    }

    @Override
    public AuditVerification verify() {
        List<String> lines = log.lines();
        AuditChain chain = new AuditChain();
        Optional<String> broken = Optional.empty();
        for (String line : lines) {
            Optional<String> wrong = chain.follow(line);
            if (wrong.isPresent()) {
                broken = Optional.of("entry " + (chain.length() + 1) + ": " + wrong.get());
                break;
            }
        }
        Optional<AuditCopies> copies = remote.map(store -> new AuditCopies(store, looking()));
        Optional<Long> copied = copies.map(each ->
                each.list().stream().mapToLong(AuditCopies.Segment::last).max().orElse(0));
        Optional<String> differs = broken.isPresent() ? broken : copies.flatMap(each -> each.difference(lines));
        return new AuditVerification(chain.length(), chain.head(), differs, copied);
    }

    private AuditEntry read(String line) {
        try {
            return AuditChain.read(line);
        } catch (JsonProcessingException unreadable) {
            throw new Failure(
                            FailureType.PRECONDITION,
                            "the audit log " + log.file() + " holds a line that is no entry",
                            "see where: windlass audit verify",
                            "audit.md#broken-chain")
                    .asException(unreadable);
        }
    }

    /** Copying and comparing belong to no run. */
    static StepContext looking() {
        return new StepContext(
                new StepToken("audit", "audit", StepId.of("audit")), progress -> {}, EffectJournal.none());
    }
}
