package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.dns.RecordChange;
import dev.windlass.runbooks.dns.RecordQuestions;
import dev.windlass.workflows.dns.DnsActivities;
import dev.windlass.workflows.dns.DnsOrder;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.List;

/** What leading names elsewhere does; each says how it is safe to run twice. */
public final class DnsActivitiesImpl implements DnsActivities {
    private final DnsParts parts;

    public DnsActivitiesImpl(DnsParts parts) {
        this.parts = parts;
    }

    // Twice: what was written first of a record stays.
    @Override
    public void writeDown(DnsOrder order) {
        StepContext context = context(order);
        try (CloudflareApi api = parts.api(context)) {
            List<HttpCall> reads = calls(order.step().effects());
            for (int at = 0; at < reads.size(); at++) {
                RecordMove move = order.moves().get(at);
                RecordState now = api.find(reads.get(at))
                        .map(given -> Records.of(given.result()))
                        .orElseThrow(() ->
                                DnsFailures.noRecord(parts.dns(), move.from().label()));
                if (!now.equals(move.from())) {
                    throw DnsFailures.changed(now);
                }
            }
        }
        parts.written().write(context.token().workflowId(), order.moves());
    }

    // Twice: only looks.
    @Override
    public void tryAddress(DnsOrder order) {
        StepContext context = context(order);
        List<String> problems = parts.trial(
                        context, parts.machines(context), calls(order.step().effects()))
                .problems(order.checks());
        if (!problems.isEmpty()) {
            throw DnsFailures.unhealthy(problems);
        }
    }

    // Twice: a record that is changed already is known by what it is.
    @Override
    public void change(DnsOrder order) {
        StepContext context = context(order);
        try (CloudflareApi api = parts.api(context)) {
            new Changing(parts.dns(), api, context)
                    .change(RecordChange.in(order.step().effects()), order.moves());
        }
    }

    // Twice: a record that is back already is known by what it is.
    @Override
    public List<String> putBack(DnsOrder order) {
        StepContext context = context(order);
        try (CloudflareApi api = parts.api(context)) {
            return new Changing(parts.dns(), api, context)
                    .putBack(RecordChange.in(order.step().undo()), RecordChange.backwards(order.moves()));
        }
    }

    // Twice: only looks.
    @Override
    public List<String> verify(DnsOrder order) {
        StepContext context = context(order);
        return new Verifying(parts.patience(), context, parts.machines(context))
                .problems(
                        RecordQuestions.in(order.step().effects(), order.moves().size()),
                        order.moves(),
                        order.checks());
    }

    private static List<HttpCall> calls(List<Effect> effects) {
        return effects.stream().map(HttpCall.class::cast).toList();
    }

    private StepContext context(DnsOrder order) {
        return parts.context(order.step().id());
    }
}
