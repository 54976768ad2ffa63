package dev.windlass.activities.audit;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Sorted;
import io.temporal.activity.Activity;
import java.util.Map;

/**
 * One entry for each step that changes something, before its first change, and one more when it is undone. A step that
 * cannot be logged changes nothing.
 */
public final class AuditingJournal implements EffectJournal {
    private final AuditLog log;
    private final EffectJournal next;

    public AuditingJournal(AuditLog log, EffectJournal next) {
        this.log = log;
        this.next = next;
    }

    @Override
    public void begun(StepToken step, Effect effect) {
        if (effect.access() == Access.CHANGES) {
            log.append(new AuditEvent(
                    step.value() + "|" + activity(),
                    AuditEvent.Kind.CHANGED,
                    step.workflowId(),
                    step.runId(),
                    "windlass",
                    step.step().value(),
                    Sorted.copyOf(Map.of("by", activity(), "first", words(effect)))));
        }
        next.begun(step, effect);
    }

    /** The name tells doing from undoing. */
    private static String activity() {
        try {
            return Activity.getExecutionContext().getInfo().getActivityType();
        } catch (IllegalStateException outsideOfActivities) {
            return "nobody";
        }
    }

    /** Enough to know it again; effects hold references instead of secrets. */
    private static String words(Effect effect) {
        return switch (effect) {
            case Effect.Command command -> command.program();
            case Effect.HttpCall call -> call.method() + " " + call.url();
            case Effect.Sql sql -> sql.connection() + ": " + sql.statement();
            case Effect.ObjectCall call -> call.verb() + " " + call.store() + ":" + call.key();
            case Effect.DnsQuery query -> query.name() + " " + query.type() + " at " + query.server();
        };
    }
}
