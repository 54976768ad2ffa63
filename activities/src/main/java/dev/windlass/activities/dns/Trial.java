package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.dns.RecordCheck;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a machine for everything it is to answer, a few times: one that has just started is slow at first. */
final class Trial {
    private final DnsPatience patience;
    private final StepContext context;
    private final Machines machines;
    private final List<HttpCall> requests;

    Trial(DnsPatience patience, StepContext context, Machines machines, List<HttpCall> requests) {
        this.patience = patience;
        this.context = context;
        this.machines = machines;
        this.requests = requests;
    }

    /** @param checks one for each request, in their order; @return what is wrong, a line each */
    List<String> problems(List<RecordCheck> checks) {
        List<String> problems = new ArrayList<>();
        for (int at = 0; at < requests.size(); at++) {
            problem(requests.get(at), checks.get(at)).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<String> problem(HttpCall request, RecordCheck check) {
        Optional<String> problem = Optional.of("");
        for (int look = 0; look < patience.looks() && problem.isPresent(); look++) {
            if (look > 0) {
                Pauses.pause(patience.pause());
            }
            context.pulse().beat(new Progress("ask", look, Optional.empty(), "looks", request.url()));
            problem = machines.problem(request, check);
        }
        return problem;
    }
}
