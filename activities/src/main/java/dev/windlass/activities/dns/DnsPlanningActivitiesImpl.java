package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.dns.DnsObservation;
import dev.windlass.runbooks.dns.PlanOfRecoverDns;
import dev.windlass.workflows.dns.DnsPlanningActivities;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecoverDnsPlan;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.Optional;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class DnsPlanningActivitiesImpl implements DnsPlanningActivities {
    private static final StepId PLAN = StepId.of("plan");

    private final DnsParts parts;

    public DnsPlanningActivitiesImpl(DnsParts parts) {
        this.parts = parts;
    }

    @Override
    public RecoverDnsPlan planDns(RecoverDnsRequest request) {
        StepContext context = parts.context(PLAN);
        Optional<PersonName> requester = parts.requesters()
                .person(request, Activity.getExecutionContext().getInfo().getWorkflowId());
        Dns dns = parts.dns();
        try (CloudflareApi api = parts.api(context)) {
            ZoneLook look = new ZoneLook(dns, api);
            ZoneLook.Zone zone = look.zone();
            List<RecordMove> moves = request.back()
                    .map(run -> look.back(zone, run, parts.written()))
                    .orElseGet(() -> look.to(zone, request));
            return new PlanOfRecoverDns(parts.operations(), dns)
                    .plan(
                            request,
                            new DnsObservation(
                                    zone.id(),
                                    dns.servers().isEmpty() ? zone.servers() : dns.servers(),
                                    moves,
                                    answers(request, moves, context),
                                    requester));
        }
    }

    /** A machine that names are led to has to answer. One that they are led back to is only told of. */
    private List<String> answers(RecoverDnsRequest request, List<RecordMove> moves, StepContext context) {
        var requests = PlanOfRecoverDns.trial(parts.dns(), moves);
        List<String> problems = parts.trial(context, parts.machines(context), requests)
                .problems(PlanOfRecoverDns.checks(parts.dns(), moves));
        if (!problems.isEmpty() && request.back().isEmpty()) {
            throw DnsFailures.unhealthy(problems);
        }
        return requests.isEmpty() || !problems.isEmpty()
                ? problems
                : List.of("all " + requests.size() + " requests are answered well");
    }
}
